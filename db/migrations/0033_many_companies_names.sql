-- When an account or a computer was last seen changes with nearly every event of a busy portal. Room in their pages keeps
-- such a change out of their indexes; without it each wrote two index entries more, and whole pages after a checkpoint.
ALTER TABLE accounts SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE computers SET (fillfactor = 50);
--> statement-breakpoint
-- As before, but each parent is looked up by itself instead of a company's together, which cost twice as much for the
-- events of 40 companies as for those of one. Asked for in the order of their keys, with sorting off, parents are read by
-- their primary keys even by a plan kept from when the tables were small.
CREATE OR REPLACE FUNCTION assert_event_parents() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
    SET enable_bitmapscan = off SET enable_sort = off
  AS $$
DECLARE
  missing record;
BEGIN
  PERFORM FROM app_auth_companies c WHERE c.id = ANY (ARRAY(SELECT DISTINCT company_id FROM written))
    ORDER BY c.id FOR KEY SHARE;
  SELECT EXISTS (SELECT FROM (SELECT DISTINCT company_id, site_id AS id FROM written) w WHERE (
      SELECT p.id FROM sites p WHERE p.company_id = w.company_id AND p.id BETWEEN w.id AND w.id
      ORDER BY p.company_id, p.id LIMIT 1) IS NULL) AS site,
    EXISTS (SELECT FROM (SELECT DISTINCT company_id, account_id AS id FROM written) w WHERE (
      SELECT p.id FROM accounts p WHERE p.company_id = w.company_id AND p.id BETWEEN w.id AND w.id
        AND (TG_OP = 'UPDATE' OR p.erased_at IS NULL)
      ORDER BY p.company_id, p.id LIMIT 1) IS NULL) AS account,
    EXISTS (SELECT FROM (SELECT DISTINCT company_id, computer_id AS id FROM written) w WHERE (
      SELECT p.id FROM computers p WHERE p.company_id = w.company_id AND p.id BETWEEN w.id AND w.id
      ORDER BY p.company_id, p.id LIMIT 1) IS NULL) AS computer
  INTO missing;
  IF missing.site THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_site_fk',
      MESSAGE = 'an event names a site that does not exist';
  ELSIF missing.account THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_account_fk',
      MESSAGE = 'an event names an account that does not exist or was erased';
  ELSIF missing.computer THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_computer_fk',
      MESSAGE = 'an event names a computer that does not exist';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION assert_event_parents() SET search_path = %I, pg_temp', current_schema());
END
$$;
