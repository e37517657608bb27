-- Earlier releases used an id up each time a computer, an account, or an alert was written again, so a portal that has run
-- for long may have few ids left, or none, though it has few rows. Where a sequence has given out two billion, it goes on
-- in the largest gap between the ids that are taken. Ids that it has just given out, to rows that aren't committed yet, lie
-- below its last one; that one therefore ends a gap, and they are reached only once the gap is full.
-- Taken are the ids of rows, and those of rows that retention has deleted as long as anything names them: an exception for
-- an account that is gone must not become one for the next. Left out is what never names a row that is gone: events, tables
-- with foreign keys, and stored time, which is never read from before the floor.
-- Notifications are left: what is read of them is told by the largest id, so theirs must only grow.
DO $$
DECLARE
  name text;
  one text;
  ids regclass;
  given bigint;
  place text;
  found bigint[];
  named bigint[];
  gap_after bigint;
BEGIN
  FOREACH name IN ARRAY ARRAY['accounts', 'computers', 'alerts'] LOOP
    ids := pg_get_serial_sequence(name, 'id')::regclass;
    given := coalesce(pg_sequence_last_value(ids), 0);
    CONTINUE WHEN given < 2000000000;
    one := rtrim(name, 's');
    named := '{}';
    FOR place IN
      SELECT format(CASE WHEN a.attname = one || '_ids' THEN 'SELECT unnest(%I) FROM %s' ELSE 'SELECT %I FROM %s' END,
          a.attname, a.attrelid::regclass)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'events'
          AND a.attname IN (one || '_id', one || '_ids')
      UNION ALL
      -- Numbers as keys: memories of rules are by account or computer.
      SELECT format('SELECT (regexp_matches(CASE pair ->> ''key'' WHEN ''%1$sId'' THEN pair ->> ''value''
          WHEN ''%1$sIds'' THEN pair ->> ''value'' WHEN %1$L THEN pair #>> ''{value,id}''
          ELSE substring(pair ->> ''key'' FROM ''^\d{1,10}$'') END, ''\d{1,10}'', ''g''))[1]
        FROM (SELECT jsonb_path_query(%3$I, ''$.** ? (@.type() == "object").keyvalue()'') AS pair FROM %2$I) pairs',
          one, document[1], document[2])
        FROM (VALUES (ARRAY['alerts', 'compared']), (ARRAY['detection_states', 'memory']), (ARRAY['notifications', 'params']),
          (ARRAY['audit_log', 'before']), (ARRAY['audit_log', 'after'])) documents (document)
      UNION ALL
      SELECT format('SELECT substring(%I FROM ''^%s:(\d{1,10})$'') FROM %I', subject[2], one, subject[1])
        FROM (VALUES (ARRAY['alerts', 'subject_key']), (ARRAY['detection_states', 'subject_key']),
          (ARRAY['notifications', 'subject'])) subjects (subject)
      UNION ALL
      SELECT format('SELECT (regexp_matches(query, ''(?:^|&)%s=(\d{1,10})(?=&|$)'', ''g''))[1] FROM saved_views', one)
      UNION ALL
      SELECT format('SELECT substring(params ->> ''path'' FROM ''/%s/(\d{1,10})$'') FROM mail_messages', name)
      UNION ALL
      SELECT format('SELECT substring(target_id FROM ''^\d{1,10}$'') FROM audit_log WHERE target_type = %L', one)
    LOOP
      EXECUTE format('WITH ids (id) AS MATERIALIZED (%s)
        SELECT array_agg(DISTINCT id::bigint) FROM ids WHERE id::bigint BETWEEN 1 AND 2147483647', place) INTO found;
      named := named || found;
    END LOOP;
    EXECUTE format('WITH known AS MATERIALIZED (SELECT id::bigint AS id FROM %I),
      taken AS (SELECT id FROM known UNION SELECT unnest($2) UNION SELECT 0 UNION SELECT $1 UNION SELECT 2147483648),
      gaps AS (SELECT id AS gap_after, lead(id) OVER (ORDER BY id) - id AS size FROM taken)
      SELECT gap_after FROM gaps ORDER BY size DESC NULLS LAST, gap_after LIMIT 1', name) INTO gap_after USING given, named;
    PERFORM setval(ids, greatest(gap_after, 1), gap_after > 0);
  END LOOP;
END
$$;
