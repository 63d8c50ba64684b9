-- What every service's migrations use. No table of data lives here.

-- Makes a view table readable by its service's door one organization at a time, and writable by its runner.
-- The door sets centime.organization for each transaction; '*' is a platform admin's read over all.
CREATE FUNCTION kit.secure_view(p_schema name, p_table name) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    door   name := 'centime_' || p_schema;
    runner name := 'centime_' || p_schema || '_runner';
BEGIN
    EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', p_schema, p_table);
    EXECUTE format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', p_schema, p_table);
    EXECUTE format(
        'CREATE POLICY tenant ON %I.%I FOR SELECT TO %I USING (current_setting(''centime.organization'', true) IN (organization, ''*''))',
        p_schema, p_table, door);
    EXECUTE format('CREATE POLICY runner ON %I.%I TO %I USING (true) WITH CHECK (true)', p_schema, p_table, runner);
    EXECUTE format('GRANT SELECT ON %I.%I TO %I', p_schema, p_table, door);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON %I.%I TO %I', p_schema, p_table, runner);
END $$;

-- For tables that are no projection and that the door itself writes (idempotency keys, sessions, deliveries).
CREATE FUNCTION kit.secure_table(p_schema name, p_table name) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    door   name := 'centime_' || p_schema;
    runner name := 'centime_' || p_schema || '_runner';
BEGIN
    EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', p_schema, p_table);
    EXECUTE format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', p_schema, p_table);
    EXECUTE format(
        'CREATE POLICY tenant ON %I.%I TO %I USING (current_setting(''centime.organization'', true) IN (organization, ''*'')) WITH CHECK (current_setting(''centime.organization'', true) IN (organization, ''*''))',
        p_schema, p_table, door);
    EXECUTE format('CREATE POLICY runner ON %I.%I TO %I USING (true) WITH CHECK (true)', p_schema, p_table, runner);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.%I TO %I, %I', p_schema, p_table, door, runner);
END $$;
