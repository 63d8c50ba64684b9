-- Exports that go to a store: what lets one write there, and what a try has begun and not ended.

-- What was written under a lease and is to be removed unless somebody ends it; null for nothing. It says all that is needed for that,
-- since the schedule may be gone by then.
ALTER TABLE ingest.export_lease ADD COLUMN unfinished jsonb;
-- Why the last try failed.
ALTER TABLE ingest.export_lease ADD COLUMN failure text;

CREATE INDEX export_lease_unfinished ON ingest.export_lease (until) WHERE unfinished IS NOT NULL;

-- By the id of the export. Events hold none of it, so that a secret can be forgotten.
CREATE TABLE ingest.export_secret (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    secret_id    text        NOT NULL,
    key_id       text        NOT NULL,
    sealed       bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, secret_id)
);

SELECT kit.secure_table('ingest', 'export_secret');
