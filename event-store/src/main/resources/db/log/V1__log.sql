-- The event log. Every table of events begins with the partition, the column by which Citus would distribute them, and keeps to
-- what Citus allows: no trigger, no foreign key, no identity column, one level of partitions.

-- ── Partitions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

-- One row a partition. An append locks it and never updates it: where the log stands is its largest offset.
CREATE TABLE log.head (
    partition           integer PRIMARY KEY,
    -- Offsets up to here are taken, also when the events that held them have been archived.
    floor_offset        bigint  NOT NULL DEFAULT 0,
    -- Whether organizations yet to come may be put here.
    takes_organizations boolean NOT NULL DEFAULT true,
    -- Offsets in one table of events, for tables yet to be made.
    range_size          bigint  NOT NULL DEFAULT 10000000 CHECK (range_size > 0)
);

-- Where an organization lies, decided once: partitions added later take new organizations and move none.
CREATE TABLE log.organization (
    organization text PRIMARY KEY CHECK (octet_length(organization) BETWEEN 1 AND 128),
    partition    integer     NOT NULL,
    known_since  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Partitioned by (partition, offset) in one level: a table holds a range of offsets of one partition, so that the old part
-- of a busy one can be detached while a quiet one keeps its few events. There is no default partition: it would have to be
-- locked and scanned whenever a range is added.
CREATE TABLE log.event (
    partition    integer     NOT NULL,
    -- Of the type.
    version      integer     NOT NULL,
    log_offset   bigint      NOT NULL,
    happened_at  timestamptz NOT NULL,
    -- When the log took it. The same for all events of one append and later than that of the append before, so that the
    -- bounds of appends can be found again.
    recorded_at  timestamptz NOT NULL,
    organization text        NOT NULL,
    id           text        NOT NULL,
    type         text        NOT NULL,
    -- A JSON object of texts; null when empty.
    metadata     text,
    -- JSON in UTF-8, byte for byte as it was handed in.
    payload      bytea       NOT NULL,
    PRIMARY KEY (partition, log_offset)
) PARTITION BY RANGE (partition, log_offset);

-- The tables of events there are, attached or archived.
CREATE TABLE log.event_range (
    partition    integer NOT NULL,
    first_offset bigint  NOT NULL,
    end_offset   bigint  NOT NULL CHECK (end_offset > first_offset),
    table_name   name    NOT NULL,
    -- Null while its events can be read here.
    archived_at  timestamptz,
    PRIMARY KEY (partition, first_offset)
);

-- Which ids the log holds, for ever: an event counts once although the table that held it was archived. The key is made of
-- organization and id by the client (EventKey): an id's own time prefix where it has one, then a hash. Here the partition
-- comes last: new keys of all partitions then lie at the right edge of one index, which makes an insert almost twice as fast.
CREATE TABLE log.event_id (
    log_offset bigint  NOT NULL,
    partition  integer NOT NULL,
    key        uuid    NOT NULL,
    PRIMARY KEY (key, partition)
);

-- What decisions find events by. Only events with tags are here; the type stands beside, so that a condition reads the
-- index alone.
CREATE TABLE log.event_tag (
    partition    integer NOT NULL,
    organization text    NOT NULL,
    -- key=value
    tag          text    NOT NULL CHECK (octet_length(tag) <= 1024),
    log_offset   bigint  NOT NULL,
    type         text    NOT NULL,
    PRIMARY KEY (partition, organization, tag, log_offset) INCLUDE (type)
);

-- ── Beside the events ───────────────────────────────────────────────────────────────────────────────────────────────────

-- The state of an entity as of an offset; one each, and worthless without the log, from which it can be made again.
CREATE TABLE log.snapshot (
    partition    integer     NOT NULL,
    organization text        NOT NULL,
    kind         text        NOT NULL CHECK (octet_length(kind) <= 256),
    entity       text        NOT NULL CHECK (octet_length(entity) <= 1024),
    -- Of the state's form; a reader that knows another one starts from the first event.
    version      integer     NOT NULL,
    log_offset   bigint      NOT NULL,
    taken_at     timestamptz NOT NULL,
    state        bytea       NOT NULL,
    PRIMARY KEY (partition, organization, kind, entity)
) WITH (fillfactor = 70);

-- The persons behind subject ids. The only place where the log's side knows a name; deleting the row erases the person.
CREATE TABLE log.subject (
    partition    integer     NOT NULL,
    organization text        NOT NULL,
    subject      text        NOT NULL,
    name         text        NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 1024),
    known_since  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (partition, organization, subject),
    UNIQUE (partition, organization, name)
);

-- ── Functions ───────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Those that others may call run as the owner with a fixed search_path; the rest is called from within them. Those for one organization take it as their first argument and look at
-- nothing else. Errors of their own have the class CT.

-- Which incarnation of the database this is. Another server, database or PostgreSQL timeline (a promoted standby, a restored
-- backup) is another one, because offsets given out on the old may stand for other events on the new.
-- Which database this is takes a look into a file, so a session remembers it: it never changes under a session.
CREATE FUNCTION log.timeline() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_database text := current_setting('centime.database', true);
BEGIN
    IF coalesce(v_database, '') = '' THEN
        SELECT hashint8extended(c.system_identifier, d.oid::bigint) INTO v_database
        FROM pg_control_system() c, pg_database d
        WHERE d.datname = current_database();
        PERFORM set_config('centime.database', v_database, false);
    END IF;
    RETURN hashint8extended(
               v_database::bigint,
               ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint)
           & 1099511627775;
END $$;

-- The largest offset of a partition, 0 when it is empty.
CREATE FUNCTION log.head_of(p_partition integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    v_floor bigint;
BEGIN
    SELECT floor_offset INTO v_floor FROM log.head WHERE partition = p_partition;
    RETURN coalesce(
        (SELECT e.log_offset FROM log.event e
         WHERE e.partition = p_partition AND e.log_offset > v_floor
         ORDER BY e.log_offset DESC LIMIT 1),
        v_floor,
        0);
END $$;

-- The partition of an organization, chosen by hash and stored when it is first asked for.
CREATE FUNCTION log.partition_of(p_organization text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    v_partition integer;
    v_open      integer[];
BEGIN
    SELECT partition INTO v_partition FROM log.organization WHERE organization = p_organization;
    IF v_partition IS NULL THEN
        SELECT array_agg(partition ORDER BY partition) INTO v_open FROM log.head WHERE takes_organizations;
        INSERT INTO log.organization (organization, partition)
        VALUES (
            p_organization,
            v_open[1 + ((hashtextextended(p_organization, 0) & 9223372036854775807) % cardinality(v_open))::integer])
        ON CONFLICT DO NOTHING;
        -- In a statement of its own, so that it sees what another session has just stored.
        SELECT partition INTO v_partition FROM log.organization WHERE organization = p_organization;
    END IF;
    RETURN v_partition;
END $$;

-- Whether anything that a condition's criteria match came after its offset.
-- {"after": offset, "timeline": of that offset, when known, "any": [{"tags": [at least one], "types": [none for all]}]}
CREATE FUNCTION log.conflicts(p_partition integer, p_organization text, p_condition jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE
-- By the index alone: tags of one large entity must not make the planner read all of them for a small one.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    v_after bigint := (p_condition ->> 'after')::bigint;
    v_any   jsonb;
    v_tags  text[];
    v_types text[];
BEGIN
    FOR v_any IN SELECT jsonb_array_elements(p_condition -> 'any') LOOP
        v_tags := ARRAY (SELECT jsonb_array_elements_text(v_any -> 'tags'));
        v_types := ARRAY (SELECT jsonb_array_elements_text(v_any -> 'types'));
        -- The newest first: what breaks a condition is most often the last thing that happened.
        PERFORM 1
        FROM log.event_tag t
        WHERE t.partition = p_partition AND t.organization = p_organization AND t.tag = v_tags[1]
          AND t.log_offset > v_after
          AND (cardinality(v_types) = 0 OR t.type = ANY (v_types))
          AND NOT EXISTS (
              SELECT 1 FROM unnest(v_tags[2:]) AS other(tag)
              WHERE NOT EXISTS (
                  SELECT 1 FROM log.event_tag o
                  WHERE o.partition = p_partition AND o.organization = p_organization AND o.tag = other.tag
                    AND o.log_offset = t.log_offset))
        ORDER BY t.log_offset DESC
        LIMIT 1;
        IF FOUND THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

-- An array with an element for each of some events, of one that may have a single element for all of them.
CREATE FUNCTION log.for_each(p_array anyarray, p_count integer) RETURNS anyarray
LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN cardinality(p_array) = p_count THEN p_array ELSE array_fill(p_array[1], ARRAY[p_count]) END $$;

-- Appends events to a partition. To be called by itself, in autocommit: the head is locked until the transaction ends.
--
-- Arrays of events run in parallel; organizations, types, versions and metadata may have a single element for all events. Tags name
-- their event by its place, from 1. A condition goes with one organization.
-- p_key_order: the places of the events in the order of their keys, from 1, in which the index of ids is written fastest; null when
-- that is their own order.
-- p_repeats: whether an id may stand twice in this call. False is the caller's word; a broken one is a unique violation.
--
-- o_first: the offset of the first event when all are new; the others follow it.
-- o_offsets, o_old: otherwise, for each event, its offset and whether it was there before.
-- o_rejected: the condition does not hold and nothing was written.
-- o_timeline: that the offsets are of.
CREATE FUNCTION log.append(
    p_partition     integer,
    p_organizations text[],
    p_ids           text[],
    p_keys          uuid[],
    p_key_order     integer[],
    p_types         text[],
    p_versions      integer[],
    p_happened      timestamptz[],
    p_metadata      text[],
    p_payloads      bytea[],
    p_tag_events    integer[],
    p_tags          text[],
    p_repeats       boolean,
    p_condition     jsonb,
    OUT o_first     bigint,
    OUT o_offsets   bigint[],
    OUT o_old       boolean[],
    OUT o_rejected  boolean,
    OUT o_timeline  bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    v_count    integer := cardinality(p_ids);
    v_all_here boolean;
    v_known    boolean;
    v_alike    boolean;
    v_floor    bigint;
    v_head     bigint;
    v_recorded timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A snapshot older than the lock would not see what was appended while this waited.
        RAISE EXCEPTION 'the log appends in READ COMMITTED only' USING ERRCODE = 'CT001';
    END IF;
    o_rejected := false;
    o_timeline := log.timeline();

    -- 1. One append at a time, so that offsets have no gaps and become visible in order.
    SELECT floor_offset,
           CASE WHEN p_organizations[1] = ALL (p_organizations)
                THEN EXISTS (SELECT 1 FROM log.organization o
                             WHERE o.organization = p_organizations[1] AND o.partition = p_partition)
                ELSE NOT EXISTS (SELECT 1 FROM unnest(p_organizations) AS asked
                                 LEFT JOIN log.organization o ON o.organization = asked
                                 WHERE o.partition IS DISTINCT FROM p_partition)
           END
    INTO v_floor, v_all_here
    FROM log.head WHERE partition = p_partition FOR UPDATE;
    IF v_floor IS NULL THEN
        RAISE EXCEPTION 'there is no partition %', p_partition USING ERRCODE = 'CT002';
    ELSIF NOT v_all_here THEN
        RAISE EXCEPTION 'an organization of this append does not lie in partition %', p_partition
            USING ERRCODE = 'CT003';
    END IF;
    SELECT log_offset, recorded_at INTO v_head, v_recorded
    FROM log.event WHERE partition = p_partition AND log_offset > v_floor
    ORDER BY log_offset DESC LIMIT 1;
    v_head := coalesce(v_head, v_floor);
    v_recorded := greatest(clock_timestamp(), v_recorded + interval '1 microsecond');

    -- 2. Events whose ids are there already are not stored again; when all are, that is success.
    v_known := p_repeats OR EXISTS (SELECT 1 FROM log.event_id WHERE partition = p_partition AND key = ANY (p_keys));
    v_alike := NOT v_known AND cardinality(p_tags) = 0 AND cardinality(p_organizations) = 1 AND cardinality(p_types) = 1
        AND cardinality(p_versions) = 1 AND cardinality(p_metadata) = 1;
    IF NOT v_alike THEN
        p_organizations := log.for_each(p_organizations, v_count);
        p_types := log.for_each(p_types, v_count);
        p_versions := log.for_each(p_versions, v_count);
        p_metadata := log.for_each(p_metadata, v_count);
    END IF;
    IF v_known THEN
        SELECT n.offsets, n.old INTO o_offsets, o_old
        FROM log.numbered(p_partition, v_head, p_organizations, p_ids, p_keys) n;
        IF true = ALL (o_old) THEN
            RETURN;
        END IF;
    END IF;

    -- 3. In statements of their own, whose snapshots are younger than the lock.
    -- A decision that rests on another timeline, or on more than there is, rests on events that this log may not hold.
    IF p_condition IS NOT NULL AND (
        (p_condition ->> 'timeline')::bigint <> o_timeline
        OR (p_condition ->> 'after')::bigint > v_head
        OR log.conflicts(p_partition, p_organizations[1], p_condition)
    ) THEN
        o_rejected := true;
        RETURN;
    END IF;

    -- 4. Number and insert. (Arrays are unnested in the target list: as a row source they would be copied once more.)
    IF o_offsets IS NULL THEN
        o_first := v_head + 1;
        IF p_key_order IS NULL THEN
            INSERT INTO log.event_id (log_offset, partition, key)
            SELECT generate_series(v_head + 1, v_head + v_count), p_partition, unnest(p_keys);
        ELSE
            INSERT INTO log.event_id (log_offset, partition, key)
            SELECT v_head + place, p_partition, p_keys[place] FROM unnest(p_key_order) AS place;
        END IF;
    END IF;
    IF v_alike THEN
        INSERT INTO log.event (
            partition, version, log_offset, happened_at, recorded_at, organization, id, type, metadata, payload)
        SELECT p_partition, p_versions[1], generate_series(v_head + 1, v_head + v_count), unnest(p_happened),
               v_recorded, p_organizations[1], unnest(p_ids), p_types[1], p_metadata[1], unnest(p_payloads);
    ELSIF o_offsets IS NULL THEN
        INSERT INTO log.event (
            partition, version, log_offset, happened_at, recorded_at, organization, id, type, metadata, payload)
        SELECT p_partition, unnest(p_versions), generate_series(v_head + 1, v_head + v_count), unnest(p_happened),
               v_recorded, unnest(p_organizations), unnest(p_ids), unnest(p_types), unnest(p_metadata),
               unnest(p_payloads);
    ELSE
        INSERT INTO log.event_id (log_offset, partition, key)
        SELECT fresh.log_offset, p_partition, fresh.key
        FROM unnest(p_keys, o_offsets, o_old) AS fresh(key, log_offset, old)
        WHERE NOT fresh.old;
        INSERT INTO log.event (
            partition, version, log_offset, happened_at, recorded_at, organization, id, type, metadata, payload)
        SELECT p_partition, version, log_offset, happened_at, v_recorded, organization, id, type, metadata, payload
        FROM unnest(p_versions, o_offsets, p_happened, p_organizations, p_ids, p_types, p_metadata, p_payloads, o_old)
            AS fresh(version, log_offset, happened_at, organization, id, type, metadata, payload, old)
        WHERE NOT old
        ORDER BY log_offset;
    END IF;
    IF cardinality(p_tags) > 0 THEN
        INSERT INTO log.event_tag (partition, organization, tag, log_offset, type)
        SELECT DISTINCT p_partition, p_organizations[t.event], t.tag,
               coalesce(o_offsets[t.event], v_head + t.event), p_types[t.event]
        FROM unnest(p_tag_events, p_tags) AS t(event, tag)
        WHERE o_old IS NULL OR NOT o_old[t.event];
    END IF;
END $$;

-- Numbers the events of an append of which some may be there already, in the log or earlier in the same append.
-- A key that stands for another event than the one handed in is an error, never a silent loss.
CREATE FUNCTION log.numbered(
    p_partition     integer,
    p_head          bigint,
    p_organizations text[],
    p_ids           text[],
    p_keys          uuid[],
    OUT offsets     bigint[],
    OUT old         boolean[])
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_other text;
BEGIN
    WITH asked AS (
        SELECT a.organization, a.id, a.key, a.place, min(a.place) OVER (PARTITION BY a.key) AS first_place
        FROM unnest(p_organizations, p_ids, p_keys) WITH ORDINALITY AS a(organization, id, key, place)
    ), known AS (
        SELECT a.*, i.log_offset
        FROM asked a LEFT JOIN log.event_id i ON i.partition = p_partition AND i.key = a.key
    ), fresh AS (
        SELECT place, p_head + row_number() OVER (ORDER BY place) AS log_offset
        FROM known WHERE log_offset IS NULL AND place = first_place
    )
    SELECT array_agg(coalesce(k.log_offset, f.log_offset) ORDER BY k.place),
           array_agg(k.log_offset IS NOT NULL OR k.place > k.first_place ORDER BY k.place),
           min(k.id) FILTER (WHERE k.id <> p_ids[k.first_place] OR k.organization <> p_organizations[k.first_place])
    INTO offsets, old, v_other
    FROM known k LEFT JOIN fresh f ON f.place = k.first_place;

    IF v_other IS NULL THEN
        SELECT min(k.id) INTO v_other
        FROM unnest(p_organizations, p_ids, offsets) AS k(organization, id, log_offset)
        JOIN log.event e ON e.partition = p_partition AND e.log_offset = k.log_offset
        WHERE k.log_offset <= p_head AND (e.id <> k.id OR e.organization <> k.organization);
    END IF;
    IF v_other IS NOT NULL THEN
        RAISE EXCEPTION 'the key of event % stands for another event', v_other USING ERRCODE = 'CT004';
    END IF;
END $$;

-- What a decision rests on: first a row with the head, read before anything else, and the timeline; then the events up to it that any of the
-- criteria matches, in order. The criteria are the "any" of a condition.
CREATE FUNCTION log.source(p_organization text, p_partition integer, p_any jsonb, p_after bigint)
RETURNS TABLE (
    log_offset bigint, id text, type text, version integer, happened_at timestamptz, recorded_at timestamptz,
    metadata text, payload bytea, timeline bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in log.conflicts.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    v_head bigint := log.head_of(p_partition);
BEGIN
    RETURN QUERY SELECT v_head, NULL::text, NULL::text, NULL::integer, NULL::timestamptz, NULL::timestamptz,
                        NULL::text, NULL::bytea, log.timeline();
    RETURN QUERY
    WITH criterion AS (
        SELECT ARRAY (SELECT jsonb_array_elements_text(c -> 'tags')) AS tags,
               ARRAY (SELECT jsonb_array_elements_text(c -> 'types')) AS types
        FROM jsonb_array_elements(p_any) c
    ), wanted AS (
        SELECT DISTINCT t.log_offset
        FROM criterion c
        JOIN log.event_tag t
            ON t.partition = p_partition AND t.organization = p_organization AND t.tag = c.tags[1]
            AND t.log_offset > p_after AND t.log_offset <= v_head
            AND (cardinality(c.types) = 0 OR t.type = ANY (c.types))
        WHERE NOT EXISTS (
            SELECT 1 FROM unnest(c.tags[2:]) AS other(tag)
            WHERE NOT EXISTS (
                SELECT 1 FROM log.event_tag o
                WHERE o.partition = p_partition AND o.organization = p_organization AND o.tag = other.tag
                  AND o.log_offset = t.log_offset))
    )
    SELECT e.log_offset, e.id, e.type, e.version, e.happened_at, e.recorded_at, e.metadata, e.payload, NULL::bigint
    FROM wanted w
    JOIN log.event e ON e.partition = p_partition AND e.log_offset = w.log_offset
    WHERE e.log_offset > p_after
    ORDER BY e.log_offset;
END $$;

-- The events of an organization that have these keys.
CREATE FUNCTION log.find(p_organization text, p_partition integer, p_keys uuid[])
RETURNS TABLE (
    log_offset bigint, id text, type text, version integer, happened_at timestamptz, recorded_at timestamptz,
    metadata text, payload bytea)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT e.log_offset, e.id, e.type, e.version, e.happened_at, e.recorded_at, e.metadata, e.payload
    FROM log.event_id i
    JOIN log.event e ON e.partition = i.partition AND e.log_offset = i.log_offset
    WHERE i.partition = p_partition AND i.key = ANY (p_keys) AND e.organization = p_organization
$$;

-- Makes the tables that a partition's next offsets will need, before they are needed, and says up to where there is room.
-- Appends and reads go on meanwhile: attaching takes no lock that they wait for. Callers ask at their first append to a
-- partition and again when half of the last table is full; when nobody did, the append that finds no table fails with
-- 23514 and may be made again after this.
-- p_ahead: as many events are about to come.
CREATE FUNCTION log.make_room(p_partition integer, p_ahead integer DEFAULT 0) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    v_head  bigint := log.head_of(p_partition);
    v_size  bigint;
    v_end   bigint;
    v_table name;
BEGIN
    -- Two at once would both make the next table. Appends do not wait for this lock.
    PERFORM pg_advisory_xact_lock(hashtext('centime.log.make_room'), p_partition);
    SELECT range_size INTO v_size FROM log.head WHERE partition = p_partition;
    IF v_size IS NULL THEN
        RAISE EXCEPTION 'there is no partition %', p_partition USING ERRCODE = 'CT002';
    END IF;
    SELECT coalesce(max(end_offset), 1) INTO v_end FROM log.event_range WHERE partition = p_partition;
    WHILE v_end - v_head - p_ahead <= v_size / 2 LOOP
        v_table := format('event_%s_%s', p_partition, v_end);
        EXECUTE format(
            'CREATE TABLE log.%I (LIKE log.event INCLUDING ALL)', v_table);
        EXECUTE format(
            'ALTER TABLE log.event ATTACH PARTITION log.%I FOR VALUES FROM (%s, %s) TO (%s, %s)',
            v_table, p_partition, v_end, p_partition, v_end + v_size);
        INSERT INTO log.event_range (partition, first_offset, end_offset, table_name)
        VALUES (p_partition, v_end, v_end + v_size, v_table);
        v_end := v_end + v_size;
    END LOOP;
    RETURN v_end - 1;
END $$;

-- Adds a partition, for organizations yet to come.
CREATE FUNCTION log.open_partition(p_partition integer, p_takes_organizations boolean DEFAULT true) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO log.head (partition, takes_organizations) VALUES (p_partition, p_takes_organizations);
    PERFORM log.make_room(p_partition);
END $$;

-- Stores a state unless a younger one is there.
CREATE FUNCTION log.save_snapshot(
    p_organization text, p_partition integer, p_kind text, p_entity text, p_version integer, p_offset bigint, p_state bytea)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
    INSERT INTO log.snapshot AS s (partition, organization, kind, entity, version, log_offset, taken_at, state)
    VALUES (p_partition, p_organization, p_kind, p_entity, p_version, p_offset, clock_timestamp(), p_state)
    ON CONFLICT (partition, organization, kind, entity) DO UPDATE
    SET version = excluded.version, log_offset = excluded.log_offset, taken_at = excluded.taken_at, state = excluded.state
    -- As old as the one there: in case that one cannot be read.
    WHERE s.log_offset <= excluded.log_offset OR s.version <> excluded.version
$$;

CREATE FUNCTION log.snapshot_of(p_organization text, p_partition integer, p_kind text, p_entity text)
RETURNS TABLE (version integer, log_offset bigint, state bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.version, s.log_offset, s.state FROM log.snapshot s
    WHERE s.partition = p_partition AND s.organization = p_organization AND s.kind = p_kind AND s.entity = p_entity
$$;

-- The subject ids of names. A name not seen before takes the id offered for it.
CREATE FUNCTION log.subjects_of(p_organization text, p_partition integer, p_names text[], p_offered text[])
RETURNS TABLE (name text, subject text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
BEGIN
    -- In one order, so that two at once cannot wait for each other.
    INSERT INTO log.subject (partition, organization, subject, name)
    SELECT p_partition, p_organization, o.subject, o.name
    FROM unnest(p_names, p_offered) AS o(name, subject)
    ORDER BY o.name
    ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT s.name, s.subject FROM log.subject s
    WHERE s.partition = p_partition AND s.organization = p_organization AND s.name = ANY (p_names);
END $$;

CREATE FUNCTION log.known_subjects_of(p_organization text, p_partition integer, p_names text[])
RETURNS TABLE (name text, subject text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.name, s.subject FROM log.subject s
    WHERE s.partition = p_partition AND s.organization = p_organization AND s.name = ANY (p_names)
$$;

CREATE FUNCTION log.names_of(p_organization text, p_partition integer, p_subjects text[])
RETURNS TABLE (name text, subject text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.name, s.subject FROM log.subject s
    WHERE s.partition = p_partition AND s.organization = p_organization AND s.subject = ANY (p_subjects)
$$;

CREATE FUNCTION log.erase_subject(p_organization text, p_partition integer, p_name text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s'
AS $$
    WITH gone AS (
        DELETE FROM log.subject
        WHERE partition = p_partition AND organization = p_organization AND name = p_name
        RETURNING 1)
    SELECT count(*) > 0 FROM gone
$$;

-- ── Who may do what ─────────────────────────────────────────────────────────────────────────────────────────────────────
-- Nobody writes a table: writing is what the functions do. A door reads the events of the one organization that it has
-- set for its transaction ('*' is a platform admin's read over all); a runner reads all. Names of persons are read through
-- the functions alone.

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    log.timeline(), log.head_of(integer), log.partition_of(text), log.source(text, integer, jsonb, bigint),
    log.find(text, integer, uuid[]), log.snapshot_of(text, integer, text, text),
    log.known_subjects_of(text, integer, text[]), log.names_of(text, integer, text[])
    TO centime_log_reader;
GRANT EXECUTE ON FUNCTION
    log.append(
        integer, text[], text[], uuid[], integer[], text[], integer[], timestamptz[], text[], bytea[], integer[], text[], boolean,
        jsonb),
    log.make_room(integer, integer), log.save_snapshot(text, integer, text, text, integer, bigint, bytea),
    log.subjects_of(text, integer, text[], text[]), log.erase_subject(text, integer, text)
    TO centime_log_writer;
GRANT SELECT ON log.head, log.organization, log.event_range, log.event, log.event_tag TO centime_log_reader;

ALTER TABLE log.event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON log.event FOR SELECT TO centime_log_reader
    USING ((SELECT current_setting('centime.organization', true)) IN (organization, '*'));
CREATE POLICY runner ON log.event FOR SELECT TO centime_log_runner USING (true);
ALTER TABLE log.event_tag ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON log.event_tag FOR SELECT TO centime_log_reader
    USING ((SELECT current_setting('centime.organization', true)) IN (organization, '*'));
CREATE POLICY runner ON log.event_tag FOR SELECT TO centime_log_runner USING (true);

-- ── The first partitions ────────────────────────────────────────────────────────────────────────────────────────────────
-- Partition 0 holds the platform's own organization and takes no other.

SELECT log.open_partition(0, false);
INSERT INTO log.organization (organization, partition) VALUES ('platform', 0);
SELECT log.open_partition(p) FROM generate_series(1, 16) AS p;
