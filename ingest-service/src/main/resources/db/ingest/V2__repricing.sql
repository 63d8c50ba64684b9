-- Repricing on request: work of the platform that is no projection, so it is kept beside the views and not made from the log.
-- What it changes is in the log.

CREATE TABLE ingest.reprice_run (
    partition          int         NOT NULL,
    organization       text        NOT NULL,
    id                 text        NOT NULL,
    run_order          jsonb       NOT NULL,
    requested_by       text        NOT NULL,
    requested_at       timestamptz NOT NULL,
    finished_at        timestamptz,
    state              text        NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    calls_total        bigint,
    calls_looked_at    bigint      NOT NULL,
    -- Everything of the organizations before this one was looked at, and of this one every call up to there.
    place_organization text        NOT NULL,
    place_at           timestamptz NOT NULL,
    place_offset       bigint      NOT NULL,
    -- Whoever works on it says so, and is believed until then; by the database's clock.
    lease              text,
    lease_until        timestamptz,
    failures           int         NOT NULL,
    failure            text,
    PRIMARY KEY (partition, organization, id)
);

CREATE INDEX reprice_run_open ON ingest.reprice_run (partition, organization, requested_at)
    WHERE state IN ('waiting', 'running');

-- What a run changed, or would change, in sums: by model, day and organization.
CREATE TABLE ingest.reprice_change (
    partition    int             NOT NULL,
    organization text            NOT NULL,
    run          text            NOT NULL,
    dimension    text            NOT NULL,
    key          text            NOT NULL,
    calls        bigint          NOT NULL,
    cost_before  numeric(38, 18) NOT NULL,
    cost_after   numeric(38, 18) NOT NULL,
    PRIMARY KEY (partition, organization, run, dimension, key)
);

SELECT kit.secure_table('ingest', name) FROM unnest(ARRAY['reprice_run', 'reprice_change']::name[]) AS name;

-- Whoever corrects by itself leaves alone what somebody asked for: the run that last priced a call, null without one.
ALTER TABLE ingest.corrected_cost ADD COLUMN reprice text;
