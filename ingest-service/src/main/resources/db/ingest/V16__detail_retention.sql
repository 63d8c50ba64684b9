-- From when on the calls of an organization are kept one by one. Older ones are in the sums alone; organizations of which nothing ever
-- expired are not here.
CREATE TABLE ingest.detail_horizon (
    partition      int         NOT NULL,
    organization   text        NOT NULL,
    before         timestamptz NOT NULL,
    retention_days int         NOT NULL,
    expired_at     timestamptz NOT NULL,
    PRIMARY KEY (partition, organization)
);

SELECT kit.secure_view('ingest', 'detail_horizon');

-- The oldest rows go at one end while new ones come at the other: what is freed is made use of before the table has grown by a fifth.
ALTER TABLE ingest.usage_detail SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
