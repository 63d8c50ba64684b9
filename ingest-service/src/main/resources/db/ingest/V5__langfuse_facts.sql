-- What Langfuse's SDKs tell of a generation and its trace comes in pieces, in batches of their own. Pieces of a day are kept here
-- until they make a record; later ones are of nothing. Written by the door, no projection: nothing here is a figure.
CREATE TABLE ingest.langfuse_fact (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    id           text        NOT NULL,
    facts        jsonb       NOT NULL,
    seen_at      timestamptz NOT NULL,
    PRIMARY KEY (partition, organization, id)
);

CREATE INDEX langfuse_fact_seen ON ingest.langfuse_fact (partition, organization, seen_at);

SELECT kit.secure_table('ingest', 'langfuse_fact');
