-- Tokens of generated images, which stand beside those of text and cost a multiple of them.
--
-- Calls recorded before have them nowhere, as they were not told apart.

DO $$
DECLARE
    v_cell text;
BEGIN
    FOREACH v_cell IN ARRAY ARRAY['cell_day', 'cell_quarter', 'user_cell_day', 'user_cell_quarter', 'value_day', 'value_quarter',
                                 'session_total'] LOOP
        EXECUTE format('ALTER TABLE ingest.%I ADD COLUMN output_image_tokens bigint NOT NULL DEFAULT 0', v_cell);
    END LOOP;
END
$$;

-- In detail rows null is zero.
ALTER TABLE ingest.usage_detail ADD COLUMN output_image_tokens bigint;
