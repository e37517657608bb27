-- Earlier releases used an id up each time a computer, an account, or an alert was written again, so a portal that has run
-- for long may have few ids left, or none, though it has few rows. Where a sequence has given out two billion, it goes on
-- in the largest gap between the ids of rows. Ids that it has just given out, to rows that aren't committed yet, lie below
-- its last one; that one therefore ends a gap, and they are reached only once the gap is full.
-- Notifications are left: what is read of them is told by the largest id, so theirs must only grow.
DO $$
DECLARE
  name text;
  ids regclass;
  given bigint;
  gap_after bigint;
BEGIN
  FOREACH name IN ARRAY ARRAY['accounts', 'computers', 'alerts'] LOOP
    ids := pg_get_serial_sequence(name, 'id')::regclass;
    given := coalesce(pg_sequence_last_value(ids), 0);
    CONTINUE WHEN given < 2000000000;
    EXECUTE format('WITH known AS MATERIALIZED (SELECT id::bigint AS id FROM %I),
      taken AS (SELECT id FROM known UNION SELECT 0 UNION SELECT $1 UNION SELECT 2147483648),
      gaps AS (SELECT id AS gap_after, lead(id) OVER (ORDER BY id) - id AS size FROM taken)
      SELECT gap_after FROM gaps ORDER BY size DESC NULLS LAST, gap_after LIMIT 1', name) INTO gap_after USING given;
    PERFORM setval(ids, greatest(gap_after, 1), gap_after > 0);
  END LOOP;
END
$$;
