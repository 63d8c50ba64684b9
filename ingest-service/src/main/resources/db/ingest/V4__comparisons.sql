-- What calls were expected to cost, and what their callers say they cost, beside what they do cost.
--
-- Calls recorded before have neither in these columns until the views cost-cells and calls are rebuilt.

-- In cells as in any other sum.
DO $$
DECLARE
    v_cell text;
BEGIN
    FOREACH v_cell IN ARRAY ARRAY['cell_day', 'cell_quarter', 'user_cell_day', 'user_cell_quarter'] LOOP
        EXECUTE format(
            'ALTER TABLE ingest.%I'
            '   ADD COLUMN estimated_requests          bigint NOT NULL DEFAULT 0,'
            '   ADD COLUMN estimated_unpriced_requests bigint NOT NULL DEFAULT 0,'
            '   ADD COLUMN reported_requests           bigint NOT NULL DEFAULT 0,'
            '   ADD COLUMN reported_unpriced_requests  bigint NOT NULL DEFAULT 0,'
            '   ADD COLUMN estimated_cost              numeric(38, 18) NOT NULL DEFAULT 0,'
            '   ADD COLUMN estimated_actual_cost       numeric(38, 18) NOT NULL DEFAULT 0,'
            '   ADD COLUMN reported_cost               numeric(38, 18) NOT NULL DEFAULT 0,'
            '   ADD COLUMN reported_calculated_cost    numeric(38, 18) NOT NULL DEFAULT 0',
            v_cell);
    END LOOP;
END
$$;

-- In detail rows null is zero: most calls have neither, and a null takes a bit.
ALTER TABLE ingest.usage_detail
    ADD COLUMN estimated_requests          bigint,
    ADD COLUMN estimated_unpriced_requests bigint,
    ADD COLUMN reported_requests           bigint,
    ADD COLUMN reported_unpriced_requests  bigint,
    ADD COLUMN estimated_cost              numeric(38, 18),
    ADD COLUMN estimated_actual_cost       numeric(38, 18),
    ADD COLUMN reported_cost               numeric(38, 18),
    ADD COLUMN reported_calculated_cost    numeric(38, 18);

-- Single calls that are compared, and their corrections.
CREATE INDEX usage_detail_estimated ON ingest.usage_detail (partition, organization, at)
    WHERE estimated_requests IS NOT NULL OR estimated_actual_cost IS NOT NULL;
CREATE INDEX usage_detail_reported ON ingest.usage_detail (partition, organization, at)
    WHERE reported_requests IS NOT NULL OR reported_calculated_cost IS NOT NULL;
