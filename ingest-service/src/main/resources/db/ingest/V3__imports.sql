-- Files that were sent to be imported, and what is left to do of them. No view: nothing here is folded from the log, and nothing here
-- can be had again from it.

CREATE TABLE ingest.import (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    id           text        NOT NULL,
    name         text        NOT NULL,
    -- Null while it is not known, and for an archive of several.
    format       text,
    -- receiving, waiting, running, done, failed, cancelled
    state        text        NOT NULL,
    dry_run      boolean     NOT NULL,
    created_by   text        NOT NULL,
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    ended_at     timestamptz,
    bytes        bigint      NOT NULL DEFAULT 0,
    -- SHA-256 of file and form, null while it is received: tells whether the same request comes again.
    digest       bytea,
    -- How many records there are, and how many of them are done with.
    records      bigint      NOT NULL DEFAULT 0,
    records_done bigint      NOT NULL DEFAULT 0,
    report       jsonb       NOT NULL,
    -- What the file says sessions may cost, told of when its records are.
    budgets      jsonb       NOT NULL DEFAULT '[]',
    failure      text,
    -- Whoever writes progress must know the number: it changes with each new owner, and when the import is cancelled.
    epoch        bigint      NOT NULL DEFAULT 0,
    lease_until  timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, id)
);

CREATE INDEX import_newest ON ingest.import (partition, organization, created_at DESC, id DESC);
CREATE INDEX import_to_do ON ingest.import (created_at) WHERE state IN ('receiving', 'waiting', 'running');

SELECT kit.secure_table('ingest', 'import');

-- Records read from a file and not recorded yet: lines of JSON, packed. A chunk goes when its records are in the log, so what lies here
-- is what is left to do.
CREATE TABLE ingest.import_chunk (
    partition    int    NOT NULL,
    organization text   NOT NULL,
    import_id    text   NOT NULL,
    number       int    NOT NULL,
    format       text   NOT NULL,
    records      int    NOT NULL,
    content      bytea  NOT NULL,
    PRIMARY KEY (partition, organization, import_id, number)
);

-- Packed already.
ALTER TABLE ingest.import_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

SELECT kit.secure_table('ingest', 'import_chunk');
