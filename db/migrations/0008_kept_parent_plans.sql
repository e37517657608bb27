-- As before, with plans that are kept: planning the checks anew for each statement was a third of what a small commit
-- cost. Sorted by their key and with sorting off, the parents are read by their primary key whatever the statistics say,
-- so a plan kept from when the tables were small stays right as they grow.
CREATE OR REPLACE FUNCTION assert_event_parents() RETURNS trigger
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off
    SET enable_sort = off
  AS $$
DECLARE
  named record;
BEGIN
  FOR named IN
    SELECT company_id, array_agg(DISTINCT site_id) AS sites, array_agg(DISTINCT account_id) AS accounts,
      array_agg(DISTINCT computer_id) AS computers
    FROM written GROUP BY company_id ORDER BY company_id
  LOOP
    PERFORM FROM app_auth_companies c WHERE c.id = named.company_id FOR KEY SHARE;
    IF (SELECT count(*) FROM (SELECT FROM sites p WHERE p.company_id = named.company_id
        AND p.id = ANY (named.sites) ORDER BY p.company_id, p.id) known)
      < cardinality(named.sites) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_site_fk',
        MESSAGE = 'an event names a site that does not exist';
    END IF;
    IF (SELECT count(*) FROM (SELECT FROM accounts p WHERE p.company_id = named.company_id
        AND p.id = ANY (named.accounts) AND (TG_OP = 'UPDATE' OR p.erased_at IS NULL) ORDER BY p.company_id, p.id) known)
      < cardinality(named.accounts) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_account_fk',
        MESSAGE = 'an event names an account that does not exist or was erased';
    END IF;
    IF (SELECT count(*) FROM (SELECT FROM computers p WHERE p.company_id = named.company_id
        AND p.id = ANY (named.computers) ORDER BY p.company_id, p.id) known)
      < cardinality(named.computers) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_computer_fk',
        MESSAGE = 'an event names a computer that does not exist';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
