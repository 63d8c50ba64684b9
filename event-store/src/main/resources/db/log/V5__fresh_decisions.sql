-- Whether anything that a condition's criteria match came after its offset, or anything at all so long ago that the decision is old.
-- {"after": offset, "timeline": of that offset, when known, "any": [{"tags": [at least one], "types": [none for all]}],
--  "within_ms": how long ago the first event after the offset may have been taken, when it matters}
-- Asked under the lock of the head: whatever came is seen, and by the clock that wrote when.
CREATE OR REPLACE FUNCTION log.conflicts(p_partition integer, p_organization text, p_condition jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE
-- By the index alone: tags of one large entity must not make the planner read all of them for a small one.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    v_after  bigint := (p_condition ->> 'after')::bigint;
    v_within float8 := (p_condition ->> 'within_ms')::float8 / 1000;
    v_any    jsonb;
    v_tags   text[];
    v_types  text[];
BEGIN
    IF v_within IS NOT NULL
        AND log.taken_after(p_partition, v_after) < clock_timestamp() - make_interval(secs => v_within)
    THEN
        RETURN true;
    END IF;
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
