-- Events are found by their ids, one look into each index for each, whatever the planner believes of the tables: with statistics
-- of a log that was still small it joined them the other way round, and looked for every id beside every event.
CREATE OR REPLACE FUNCTION log.find(p_organization text, p_partition integer, p_keys uuid[])
RETURNS TABLE (
    log_offset bigint, id text, type text, version integer, happened_at timestamptz, recorded_at timestamptz,
    metadata text, payload bytea)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
    SELECT e.log_offset, e.id, e.type, e.version, e.happened_at, e.recorded_at, e.metadata, e.payload
    FROM log.event e
    WHERE e.partition = p_partition AND e.organization = p_organization
      AND e.log_offset = ANY (ARRAY(
          SELECT i.log_offset FROM log.event_id i WHERE i.partition = p_partition AND i.key = ANY (p_keys)))
$$;
