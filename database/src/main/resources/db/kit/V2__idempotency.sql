-- Where a service keeps the answers to writes that came with an Idempotency-Key. Called by the service's own migration.
CREATE FUNCTION kit.install_idempotency(p_schema name) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TABLE %I.idempotency (
             partition    int         NOT NULL,
             organization text        NOT NULL,
             caller       text        NOT NULL,
             key          text        NOT NULL,
             request      bytea       NOT NULL,
             claim        uuid        NOT NULL,
             claimed_at   timestamptz NOT NULL,
             status       int,
             headers      jsonb,
             body         bytea,
             PRIMARY KEY (partition, organization, caller, key)
         )', p_schema);
    EXECUTE format('CREATE INDEX ON %I.idempotency (partition, organization, claimed_at)', p_schema);
    PERFORM kit.secure_table(p_schema, 'idempotency');
END $$;
