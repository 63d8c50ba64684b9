-- Exports that are taken again and again, and what became of each time.

CREATE TABLE ingest.export_schedule (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    id           text        NOT NULL,
    definition   jsonb       NOT NULL,
    created_at   timestamptz NOT NULL,
    next_due     timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, id)
);

CREATE INDEX export_schedule_newest ON ingest.export_schedule (partition, organization, created_at DESC, id DESC);

SELECT kit.secure_view('ingest', 'export_schedule');

CREATE TABLE ingest.export_run (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    export_id    text        NOT NULL,
    due          timestamptz NOT NULL,
    first_day    date        NOT NULL,
    last_day     date        NOT NULL,
    -- waiting, done, failed
    state        text        NOT NULL,
    file         text,
    bytes        bigint,
    failure      text,
    ended_at     timestamptz,
    PRIMARY KEY (partition, organization, export_id, due)
);

CREATE INDEX export_run_waiting ON ingest.export_run (due) WHERE state = 'waiting';

SELECT kit.secure_view('ingest', 'export_run');

-- Who is taking an export, and how often it was tried. No view: nothing here is folded from the log.
CREATE TABLE ingest.export_lease (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    export_id    text        NOT NULL,
    due          timestamptz NOT NULL,
    -- Counts the tries; whoever holds the lease must know it.
    epoch        int         NOT NULL,
    until        timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, export_id, due)
);

SELECT kit.secure_table('ingest', 'export_lease');
