-- Old tables of events are taken out when a verified file holds what they held. What takes part in decisions stays: a range whose
-- events are in a file has a table all the same, with those that carry tags. Offsets up to log.head.floor_offset are read from files.

ALTER TABLE log.event_range
    -- Of the file and its manifest in the archive's directory, without their endings.
    ADD COLUMN archive_name    text,
    -- SHA-256 of the manifest, which holds those of the file's parts.
    ADD COLUMN archive_hash    text,
    ADD COLUMN archived_events bigint,
    ADD COLUMN archived_bytes  bigint,
    -- The latest time at which one of its events happened.
    ADD COLUMN newest_event    timestamptz,
    ADD CHECK ((archived_at IS NULL) = (archive_name IS NULL) AND (archived_at IS NULL) = (archive_hash IS NULL));

-- How far every projection, reaction and rebuild of every service has read a partition.
CREATE FUNCTION log.readers_of(p_partition integer)
RETURNS TABLE (service name, reader text, up_to bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    FOR service IN
        SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'projection_position' AND c.relkind = 'r' ORDER BY n.nspname
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %1$L::name, p.projection, p.up_to FROM %1$I.projection_position p WHERE p.partition = $1', service)
            USING p_partition;
    END LOOP;
END $$;

-- Copies the events of a range that carry tags beside it, so that taking the range out later is a matter of names. May be made again.
CREATE FUNCTION log.keep_tagged(p_partition integer, p_first bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_range log.event_range;
    v_kept  name;
    v_count bigint;
BEGIN
    SELECT * INTO v_range FROM log.event_range
    WHERE partition = p_partition AND first_offset = p_first AND archived_at IS NULL;
    IF v_range.partition IS NULL THEN
        RAISE EXCEPTION 'partition % has no range from % in its tables', p_partition, p_first USING ERRCODE = 'CT005';
    END IF;
    v_kept := v_range.table_name || '_kept';
    EXECUTE format('DROP TABLE IF EXISTS log.%I', v_kept);
    EXECUTE format('CREATE TABLE log.%I (LIKE log.event INCLUDING ALL)', v_kept);
    EXECUTE format(
        'INSERT INTO log.%I SELECT e.* FROM log.%I e WHERE e.log_offset IN ('
        'SELECT t.log_offset FROM log.event_tag t WHERE t.partition = $1 AND t.log_offset >= $2 AND t.log_offset < $3)',
        v_kept, v_range.table_name) USING p_partition, v_range.first_offset, v_range.end_offset;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    EXECUTE format('ANALYZE log.%I', v_kept);
    RETURN v_count;
END $$;

-- Takes the oldest range out of the tables, at once and for good: from here on its file is what there is of it. In one transaction, so
-- that at any moment either the rows are there or the log knows the file.
CREATE FUNCTION log.take_out(
    p_partition integer, p_first bigint, p_name text, p_hash text, p_events bigint, p_bytes bigint, p_newest timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_range log.event_range;
    v_floor bigint;
BEGIN
    -- Who appends or reads waits no longer than this; whoever archives tries again.
    PERFORM set_config('lock_timeout', '500ms', true);
    SELECT floor_offset INTO v_floor FROM log.head WHERE partition = p_partition FOR UPDATE;
    SELECT * INTO v_range FROM log.event_range
    WHERE partition = p_partition AND first_offset = p_first AND archived_at IS NULL;
    IF v_range.partition IS NULL OR p_first <> v_floor + 1 THEN
        RAISE EXCEPTION 'the oldest range in the tables of partition % begins with %, not with %',
            p_partition, v_floor + 1, p_first USING ERRCODE = 'CT005';
    ELSIF log.head_of(p_partition) < v_range.end_offset - 1 OR p_events <> v_range.end_offset - p_first THEN
        RAISE EXCEPTION 'the range of partition % from % is not full', p_partition, p_first USING ERRCODE = 'CT005';
    END IF;
    EXECUTE format('ALTER TABLE log.event DETACH PARTITION log.%I', v_range.table_name);
    EXECUTE format('DROP TABLE log.%I', v_range.table_name);
    EXECUTE format(
        'ALTER TABLE log.event ATTACH PARTITION log.%I FOR VALUES FROM (%s, %s) TO (%s, %s)',
        v_range.table_name || '_kept', p_partition, v_range.first_offset, p_partition, v_range.end_offset);
    UPDATE log.event_range
    SET table_name = v_range.table_name || '_kept', archived_at = clock_timestamp(), archive_name = p_name, archive_hash = p_hash,
        archived_events = p_events, archived_bytes = p_bytes, newest_event = p_newest
    WHERE partition = p_partition AND first_offset = p_first;
    UPDATE log.head SET floor_offset = v_range.end_offset - 1 WHERE partition = p_partition;
END $$;

-- Where events lie that are in files alone, by their keys.
CREATE FUNCTION log.archived_offsets(p_partition integer, p_keys uuid[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $$
    SELECT i.log_offset FROM log.event_id i
    WHERE i.partition = p_partition AND i.key = ANY (p_keys)
      AND i.log_offset <= (SELECT floor_offset FROM log.head WHERE partition = p_partition)
    ORDER BY i.log_offset
$$;

REVOKE ALL ON FUNCTION log.readers_of(integer), log.keep_tagged(integer, bigint),
    log.take_out(integer, bigint, text, text, bigint, bigint, timestamptz), log.archived_offsets(integer, uuid[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.archived_offsets(integer, uuid[]) TO centime_log_runner;
