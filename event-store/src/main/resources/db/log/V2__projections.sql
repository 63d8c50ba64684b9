-- What a service's projections, reactions and timers stand on. Each service has these tables in its own schema, beside its views,
-- so that a page's rows and the position they lead to are one transaction on one node. The service's first migration calls
-- log.install_runner('ingest'), as the owner.

CREATE FUNCTION log.install_runner(p_schema name) RETURNS void
LANGUAGE plpgsql AS $install$
DECLARE
    door   name := 'centime_' || p_schema;
    runner name := 'centime_' || p_schema || '_runner';
    made   name;
BEGIN
    -- How far each generation of a projection is folded. The row is what a page's transaction compares and sets; the epoch is that of
    -- the partition's lease, so that nothing of an older lease can commit.
    EXECUTE format($$
        CREATE TABLE %I.projection_position (
            partition  int         NOT NULL,
            projection text        NOT NULL,
            generation int         NOT NULL,
            up_to      bigint      NOT NULL DEFAULT 0,
            epoch      bigint      NOT NULL DEFAULT 0,
            serving    boolean     NOT NULL,
            moved_at   timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (partition, projection, generation)
        ) WITH (fillfactor = 50)$$, p_schema);

    EXECUTE format($$
        CREATE TABLE %I.projection_lease (
            partition int         PRIMARY KEY,
            holder    text,
            epoch     bigint      NOT NULL DEFAULT 0,
            until     timestamptz NOT NULL DEFAULT '-infinity'
        ) WITH (fillfactor = 50)$$, p_schema);

    -- The replicas that are alive; partitions are shared among them.
    EXECUTE format($$
        CREATE TABLE %I.projection_runner (
            runner text        PRIMARY KEY,
            until  timestamptz NOT NULL
        ) WITH (fillfactor = 50)$$, p_schema);

    -- Organizations that a projection could not fold. What lies before resume_at is folded.
    EXECUTE format($$
        CREATE TABLE %I.projection_parked (
            partition    int         NOT NULL,
            projection   text        NOT NULL,
            generation   int         NOT NULL,
            organization text        NOT NULL,
            id           text        NOT NULL,
            first_offset bigint      NOT NULL,
            resume_at    bigint      NOT NULL,
            error        text        NOT NULL,
            since        timestamptz NOT NULL DEFAULT now(),
            wanted       text        CHECK (wanted IN ('retry', 'skip')),
            PRIMARY KEY (partition, projection, generation, organization)
        )$$, p_schema);

    EXECUTE format($$
        CREATE TABLE %I.projection_rebuild (
            id          text        PRIMARY KEY,
            projection  text        NOT NULL,
            tables      text[]      NOT NULL,
            replaces    int         NOT NULL,
            generation  int         NOT NULL,
            total       bigint      NOT NULL,
            state       text        NOT NULL CHECK (state IN ('filling', 'swapped', 'dropped')),
            started_at  timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz
        )$$, p_schema);
    EXECUTE format($$
        CREATE UNIQUE INDEX projection_rebuild_one_at_a_time ON %I.projection_rebuild (projection) WHERE state = 'filling'$$, p_schema);

    EXECUTE format($$
        CREATE TABLE %I.projection_timer (
            partition    int         NOT NULL,
            timer        text        NOT NULL,
            organization text        NOT NULL,
            key          text        NOT NULL,
            due          timestamptz NOT NULL,
            PRIMARY KEY (partition, timer, organization, key)
        )$$, p_schema);
    EXECUTE format($$
        CREATE INDEX projection_timer_due ON %I.projection_timer (partition, due)$$, p_schema);

    FOREACH made IN ARRAY ARRAY['position', 'lease', 'runner', 'parked', 'rebuild', 'timer'] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.%I TO %I', p_schema, 'projection_' || made, runner);
    END LOOP;
    -- The door reads a view and its position in one snapshot; it learns nothing of any organization here.
    EXECUTE format('GRANT SELECT ON %I.projection_position TO %I', p_schema, door);

    -- Tables are made, renamed and dropped as the owner, by the runner of this schema alone and in no other way than these.
    EXECUTE format($$
        CREATE FUNCTION %1$I.begin_rebuild(p_id text, p_projection text, p_tables text[], p_total bigint) RETURNS text
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $body$ SELECT log.begin_rebuild(%1$L, p_id, p_projection, p_tables, p_total) $body$ $$, p_schema);
    EXECUTE format($$
        CREATE FUNCTION %1$I.end_rebuild(p_id text) RETURNS text
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $body$ SELECT log.end_rebuild(%1$L, p_id) $body$ $$, p_schema);
    EXECUTE format($$
        CREATE FUNCTION %1$I.drop_replaced(p_kept interval) RETURNS int
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $body$ SELECT log.drop_replaced(%1$L, p_kept) $body$ $$, p_schema);
    FOREACH made IN ARRAY ARRAY['begin_rebuild(text, text, text[], bigint)', 'end_rebuild(text)', 'drop_replaced(interval)'] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %I.%s FROM PUBLIC', p_schema, made);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %I.%s TO %I', p_schema, made, runner);
    END LOOP;
END $install$;

-- What the copy of a table is called in a generation that does not serve. The runner names its copies by the same rule.
CREATE FUNCTION log.copy_name(p_table text, p_generation int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT p_table || '__g' || p_generation $$;

-- Makes an empty table beside another: columns, defaults, checks, indexes, storage, row-level security, policies and grants.
-- Partitions of a partitioned table are made likewise; partitions of partitions are refused.
CREATE FUNCTION log.copy_table(p_schema name, p_table name, p_copy name) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    source   regclass := format('%I.%I', p_schema, p_table)::regclass;
    kind     "char";
    options  text[];
    secured  boolean;
    forced   boolean;
    rule     record;
    part     record;
    ordinal  int := 0;
BEGIN
    IF octet_length(p_table) > 40 THEN
        RAISE EXCEPTION 'the name of %.% leaves no room for a generation: 40 bytes at most', p_schema, p_table
            USING ERRCODE = 'name_too_long';
    END IF;
    SELECT relkind, reloptions, relrowsecurity, relforcerowsecurity INTO kind, options, secured, forced
    FROM pg_class WHERE oid = source;
    IF kind NOT IN ('r', 'p') THEN
        RAISE EXCEPTION '%.% is no table and cannot be rebuilt', p_schema, p_table USING ERRCODE = 'wrong_object_type';
    END IF;
    IF EXISTS (SELECT FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
               WHERE d.refobjid = source AND d.classid = 'pg_class'::regclass) THEN
        RAISE EXCEPTION '%.% numbers its rows by a sequence, so a rebuild would not give the same', p_schema, p_table
            USING ERRCODE = 'wrong_object_type';
    END IF;

    IF EXISTS (SELECT FROM pg_depend WHERE refobjid = source AND classid = 'pg_rewrite'::regclass) THEN
        RAISE EXCEPTION 'an SQL view reads %.% and would go on reading the replaced table', p_schema, p_table
            USING ERRCODE = 'dependent_objects_still_exist';
    END IF;

    EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING ALL)', p_schema, p_copy, p_schema, p_table)
        || CASE WHEN kind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(source) ELSE '' END
        || CASE WHEN options IS NOT NULL THEN ' WITH (' || array_to_string(options, ', ') || ')' ELSE '' END;

    FOR part IN
        SELECT c.relname, c.relkind, pg_get_expr(c.relpartbound, c.oid) AS bound
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = source ORDER BY c.relname
    LOOP
        IF part.relkind <> 'r' THEN
            RAISE EXCEPTION '%.% has partitions of partitions, which a rebuild does not copy', p_schema, p_table
                USING ERRCODE = 'wrong_object_type';
        END IF;
        ordinal := ordinal + 1;
        EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I %s',
            p_schema, p_copy || '_' || ordinal, p_schema, p_copy, part.bound);
    END LOOP;

    IF secured THEN
        EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', p_schema, p_copy);
    END IF;
    IF forced THEN
        EXECUTE format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', p_schema, p_copy);
    END IF;
    FOR rule IN
        SELECT policyname, permissive, cmd, qual, with_check,
               (SELECT string_agg(CASE r WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(r) END, ', ') FROM unnest(roles) r) AS roles
        FROM pg_policies WHERE schemaname = p_schema AND tablename = p_table
    LOOP
        EXECUTE format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s',
                rule.policyname, p_schema, p_copy, rule.permissive, rule.cmd, rule.roles)
            || coalesce(' USING (' || rule.qual || ')', '')
            || coalesce(' WITH CHECK (' || rule.with_check || ')', '');
    END LOOP;
    FOR rule IN
        SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee
        FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = source AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('GRANT %s ON %I.%I TO %s', rule.privilege_type, p_schema, p_copy, rule.grantee);
    END LOOP;
END $$;

-- Starts a generation beside the serving one, or answers with the rebuild that is under way.
CREATE FUNCTION log.begin_rebuild(p_schema name, p_id text, p_projection text, p_tables text[], p_total bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    running  text;
    replaced int;
    next     int;
    t        text;
BEGIN
    -- Two requests at once: the second waits here and then finds the first's rebuild.
    EXECUTE format('LOCK TABLE %I.projection_rebuild IN SHARE ROW EXCLUSIVE MODE', p_schema);
    EXECUTE format('SELECT id FROM %I.projection_rebuild WHERE projection = $1 AND state = ''filling''', p_schema)
        INTO running USING p_projection;
    IF running IS NOT NULL THEN
        RETURN running;
    END IF;
    EXECUTE format('SELECT max(generation) FROM %I.projection_position WHERE projection = $1 AND serving', p_schema)
        INTO replaced USING p_projection;
    IF replaced IS NULL THEN
        RAISE EXCEPTION 'no projection % has run in %', p_projection, p_schema USING ERRCODE = 'no_data_found';
    END IF;
    EXECUTE format('SELECT 1 + greatest($2, (SELECT max(generation) FROM %I.projection_rebuild WHERE projection = $1))', p_schema)
        INTO next USING p_projection, replaced;
    FOREACH t IN ARRAY p_tables LOOP
        PERFORM log.copy_table(p_schema, t, log.copy_name(t, next));
    END LOOP;
    EXECUTE format('INSERT INTO %I.projection_rebuild (id, projection, tables, replaces, generation, total, state)
                    VALUES ($1, $2, $3, $4, $5, $6, ''filling'')', p_schema)
        USING p_id, p_projection, p_tables, replaced, next, p_total;
    EXECUTE format('INSERT INTO %1$I.projection_position (partition, projection, generation, epoch, serving)
                    SELECT p.partition, p.projection, $2, p.epoch, false FROM %1$I.projection_position p
                    WHERE p.projection = $1 AND p.generation = $3', p_schema)
        USING p_projection, next, replaced;
    RETURN p_id;
END $$;

-- Serves the new generation when it has seen all that the old one has; else says why not yet: behind, or parked.
CREATE FUNCTION log.end_rebuild(p_schema name, p_id text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    rebuild record;
    p       int;
    missing boolean;
    t       text;
BEGIN
    -- Shorter than deadlock_timeout: where a reader of several tables and this wait for each other, it is this that gives way.
    PERFORM set_config('lock_timeout', '500ms', true);
    EXECUTE format('SELECT * FROM %I.projection_rebuild WHERE id = $1 FOR UPDATE', p_schema) INTO rebuild USING p_id;
    IF rebuild.id IS NULL OR rebuild.state <> 'filling' THEN
        RETURN 'over';
    END IF;
    -- Before anything waits for it: a table without statistics is read by poor plans, just when it begins to be served.
    FOREACH t IN ARRAY rebuild.tables LOOP
        EXECUTE format('ANALYZE %I.%I', p_schema, log.copy_name(t, rebuild.generation));
    END LOOP;
    -- One partition at a time, ascending: no statement locks rows of two, and two that lock do so in the same order.
    FOR p IN EXECUTE format('SELECT DISTINCT partition FROM %I.projection_position WHERE projection = $1 ORDER BY 1', p_schema)
        USING rebuild.projection
    LOOP
        EXECUTE format('SELECT 1 FROM %I.projection_position WHERE partition = $1 AND projection = $2 ORDER BY generation FOR UPDATE', p_schema)
            USING p, rebuild.projection;
    END LOOP;
    EXECUTE format('SELECT EXISTS (
            SELECT FROM %1$I.projection_position o
            LEFT JOIN %1$I.projection_position n
              ON n.partition = o.partition AND n.projection = o.projection AND n.generation = $3
            WHERE o.projection = $1 AND o.generation = $2 AND (n.up_to IS NULL OR n.up_to < o.up_to))', p_schema)
        INTO missing USING rebuild.projection, rebuild.replaces, rebuild.generation;
    IF missing THEN
        RETURN 'behind';
    END IF;
    -- An organization that stands still only in the new generation would lose what it sees now.
    EXECUTE format('SELECT EXISTS (
            SELECT FROM %1$I.projection_parked n
            WHERE n.projection = $1 AND n.generation = $3 AND NOT EXISTS (
                SELECT FROM %1$I.projection_parked o
                WHERE o.partition = n.partition AND o.projection = n.projection AND o.generation = $2
                  AND o.organization = n.organization AND o.first_offset <= n.first_offset))', p_schema)
        INTO missing USING rebuild.projection, rebuild.replaces, rebuild.generation;
    IF missing THEN
        RETURN 'parked';
    END IF;
    FOREACH t IN ARRAY rebuild.tables LOOP
        EXECUTE format('ALTER TABLE %I.%I RENAME TO %I', p_schema, t, log.copy_name(t, rebuild.replaces));
        EXECUTE format('ALTER TABLE %I.%I RENAME TO %I', p_schema, log.copy_name(t, rebuild.generation), t);
    END LOOP;
    EXECUTE format('DELETE FROM %I.projection_position WHERE projection = $1 AND generation <> $2', p_schema)
        USING rebuild.projection, rebuild.generation;
    EXECUTE format('DELETE FROM %I.projection_parked WHERE projection = $1 AND generation <> $2', p_schema)
        USING rebuild.projection, rebuild.generation;
    EXECUTE format('UPDATE %I.projection_position SET serving = true WHERE projection = $1 AND generation = $2', p_schema)
        USING rebuild.projection, rebuild.generation;
    EXECUTE format('UPDATE %I.projection_rebuild SET state = ''swapped'', finished_at = now() WHERE id = $1', p_schema)
        USING p_id;
    RETURN 'swapped';
END $$;

-- Drops the tables that were replaced longer ago than they are kept.
CREATE FUNCTION log.drop_replaced(p_schema name, p_kept interval) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    rebuild record;
    t       text;
    dropped int := 0;
BEGIN
    PERFORM set_config('lock_timeout', '500ms', true);
    FOR rebuild IN EXECUTE format('SELECT * FROM %I.projection_rebuild
            WHERE state = ''swapped'' AND finished_at < now() - $1 ORDER BY id FOR UPDATE SKIP LOCKED', p_schema) USING p_kept
    LOOP
        FOREACH t IN ARRAY rebuild.tables LOOP
            EXECUTE format('DROP TABLE IF EXISTS %I.%I', p_schema, log.copy_name(t, rebuild.replaces));
        END LOOP;
        EXECUTE format('UPDATE %I.projection_rebuild SET state = ''dropped'' WHERE id = $1', p_schema) USING rebuild.id;
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;

-- When the log took the first event after an offset; null when there is none.
CREATE FUNCTION log.taken_after(p_partition int, p_offset bigint) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT recorded_at FROM log.event WHERE partition = p_partition AND log_offset > p_offset
            ORDER BY log_offset LIMIT 1);
END $$;

-- Which projections and reactions of which services are behind in which partitions: how far they are, by how many events, and how old
-- the oldest of these is. Only what is served counts. For whoever must heed how late all services are and may read
-- the tables of one: it learns nothing of any organization. Looked at often, so the dynamic part touches small tables only.
CREATE FUNCTION log.lags()
RETURNS TABLE (service name, follower text, in_partition int, at_offset bigint, late_events bigint, late_seconds float8)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    partitions int[];
    heads      bigint[];
BEGIN
    SELECT array_agg(partition), array_agg(log.head_of(partition)) INTO partitions, heads FROM log.head;
    FOR service IN
        SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'projection_position' AND c.relkind = 'r' ORDER BY n.nspname
    LOOP
        RETURN QUERY EXECUTE format($q$
            SELECT %1$L::name, p.projection, p.partition, p.up_to, h.head - p.up_to,
                   coalesce(extract(epoch FROM clock_timestamp() - log.taken_after(p.partition, p.up_to)), 0)::float8
            FROM unnest($1, $2) AS h (partition, head)
            JOIN %1$I.projection_position p ON p.partition = h.partition AND p.up_to < h.head
            WHERE p.serving$q$, service) USING partitions, heads;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION log.install_runner(name), log.copy_name(text, int), log.copy_table(name, name, name),
    log.begin_rebuild(name, text, text, text[], bigint), log.end_rebuild(name, text), log.drop_replaced(name, interval),
    log.taken_after(int, bigint), log.lags()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.lags() TO centime_log_reader;
