-- ── Sums by one dimension ───────────────────────────────────────────────────────────────────────────────────────────────
-- Most questions name one dimension or none. Their sums stand by themselves, so that what such a question reads depends on its days
-- and on the values of that dimension, not on how many combinations with others there are. The dimension '' is everything.
--
-- Calls recorded before are added from the cells. Of their runs and tags the cells know nothing: their days are wide, and so answered from
-- the calls, until the view cost-cells is rebuilt.

CREATE TABLE ingest.value_day (
    partition                   int         NOT NULL,
    organization                text        NOT NULL,
    dimension                   text        NOT NULL,
    bucket                      timestamptz NOT NULL,
    value                       text        NOT NULL,
    known_on                    date        NOT NULL,
    requests                    bigint      NOT NULL,
    unpriced_requests           bigint      NOT NULL,
    unpriced_tokens             bigint      NOT NULL,
    error_count                 bigint      NOT NULL,
    latency_ms_sum              bigint      NOT NULL,
    latency_count               bigint      NOT NULL,
    input_tokens                bigint      NOT NULL,
    output_tokens               bigint      NOT NULL,
    cache_read_tokens           bigint      NOT NULL,
    cache_write_tokens          bigint      NOT NULL,
    cache_write_1h_tokens       bigint      NOT NULL,
    reasoning_tokens            bigint      NOT NULL,
    input_audio_tokens          bigint      NOT NULL,
    output_audio_tokens         bigint      NOT NULL,
    input_image_tokens          bigint      NOT NULL,
    estimated_requests          bigint      NOT NULL,
    estimated_unpriced_requests bigint      NOT NULL,
    reported_requests           bigint      NOT NULL,
    reported_unpriced_requests  bigint      NOT NULL,
    total_cost                  numeric(38, 18) NOT NULL,
    input_cost                  numeric(38, 18) NOT NULL,
    output_cost                 numeric(38, 18) NOT NULL,
    cache_read_cost             numeric(38, 18) NOT NULL,
    cache_write_cost            numeric(38, 18) NOT NULL,
    other_cost                  numeric(38, 18) NOT NULL,
    cache_savings               numeric(38, 18) NOT NULL,
    units                       numeric(38, 9)  NOT NULL,
    estimated_cost              numeric(38, 18) NOT NULL,
    estimated_actual_cost       numeric(38, 18) NOT NULL,
    reported_cost               numeric(38, 18) NOT NULL,
    reported_calculated_cost    numeric(38, 18) NOT NULL,
    PRIMARY KEY (partition, organization, dimension, bucket, value, known_on)
) WITH (fillfactor = 80);

CREATE TABLE ingest.value_quarter (LIKE ingest.value_day INCLUDING ALL) WITH (fillfactor = 80);

-- How many sums there are of a dimension whose values nobody can count beforehand (run, tags), by day. Where there are too many none is
-- kept, and the day's calls answer. The dimension 'tag' counts the tags.
CREATE TABLE ingest.value_width (
    partition    int         NOT NULL,
    organization text        NOT NULL,
    dimension    text        NOT NULL,
    bucket       timestamptz NOT NULL,
    cells        int         NOT NULL,
    wide         boolean     NOT NULL,
    PRIMARY KEY (partition, organization, dimension, bucket)
);

-- Nobody but the logins of the service reads cells, not even who owns them, but for these statements.
DO $$
DECLARE
    v_names text;
    v_sums  text;
    v_from  name;
    v_to    name;
    v_sets  text;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum), string_agg(format('sum(cell.%I)', attname), ', ' ORDER BY attnum)
    INTO v_names, v_sums
    FROM pg_attribute
    WHERE attrelid = 'ingest.value_day'::regclass AND attnum > 0 AND NOT attisdropped
      AND attname NOT IN ('partition', 'organization', 'dimension', 'bucket', 'value', 'known_on');

    FOR v_from, v_to, v_sets IN VALUES
        ('cell_day', 'value_day', NULL), ('cell_quarter', 'value_quarter', NULL), ('user_cell_day', 'value_day', '(''user'', subject)')
    LOOP
        EXECUTE format('ALTER TABLE ingest.%I NO FORCE ROW LEVEL SECURITY', v_from);
        EXECUTE format(
            'INSERT INTO ingest.%I (partition, organization, dimension, bucket, value, known_on, %s)'
            ' SELECT cell.partition, cell.organization, one.dimension, cell.bucket, one.value, cell.known_on, %s'
            ' FROM ingest.%I AS cell CROSS JOIN LATERAL (VALUES %s) AS one (dimension, value) GROUP BY 1, 2, 3, 4, 5, 6',
            v_to, v_names, v_sums, v_from,
            coalesce(v_sets, '('''', ''''), (''provider'', provider), (''model'', model), (''project'', project),'
                || ' (''experiment'', experiment), (''operation'', operation)'));
        IF v_from = 'cell_day' THEN
            INSERT INTO ingest.value_width (partition, organization, dimension, bucket, cells, wide)
            SELECT DISTINCT cell.partition, cell.organization, unknown.dimension, cell.bucket, 0, true
            FROM ingest.cell_day AS cell CROSS JOIN (VALUES ('run'), ('tag')) AS unknown (dimension);
        END IF;
        EXECUTE format('ALTER TABLE ingest.%I FORCE ROW LEVEL SECURITY', v_from);
    END LOOP;
END
$$;

SELECT kit.secure_view('ingest', name) FROM unnest(ARRAY['value_day', 'value_quarter', 'value_width']::name[]) AS name;
