-- The three foreign keys of events ran three queries and took three row locks for every row: a third to a half of all
-- that storing an event cost. The triggers below keep the same promise, under the same names and error code
-- (foreign_key_violation), with one look at each distinct site, account and computer of a statement. The lock stands on
-- the company's row: shared by those who store events, exclusive for whoever deletes a parent, so that a parent deleted
-- at the same moment is either seen as gone here or its deletion sees the events.
ALTER TABLE "events" DROP CONSTRAINT "events_site_fk";
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_account_fk";
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_computer_fk";
--> statement-breakpoint
-- Planned anew each time: a plan kept from when the tables were small would go on reading them whole as they grow.
CREATE FUNCTION assert_event_parents() RETURNS trigger
  LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off
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
    IF (SELECT count(*) FROM sites p WHERE p.company_id = named.company_id AND p.id = ANY (named.sites))
      < cardinality(named.sites) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_site_fk',
        MESSAGE = 'an event names a site that does not exist';
    END IF;
    IF (SELECT count(*) FROM accounts p WHERE p.company_id = named.company_id AND p.id = ANY (named.accounts))
      < cardinality(named.accounts) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_account_fk',
        MESSAGE = 'an event names an account that does not exist';
    END IF;
    IF (SELECT count(*) FROM computers p WHERE p.company_id = named.company_id AND p.id = ANY (named.computers))
      < cardinality(named.computers) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_computer_fk',
        MESSAGE = 'an event names a computer that does not exist';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_have_parents AFTER INSERT ON events
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION assert_event_parents();
--> statement-breakpoint
CREATE TRIGGER events_keep_parents AFTER UPDATE ON events
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION assert_event_parents();
--> statement-breakpoint
-- The other half of the promise: what events name is neither deleted nor renumbered under them.
CREATE FUNCTION assert_parents_unused() RETURNS trigger
  LANGUAGE plpgsql SET enable_seqscan = off
  AS $$
DECLARE
  is_used boolean;
BEGIN
  PERFORM FROM app_auth_companies c WHERE c.id IN (SELECT DISTINCT company_id FROM gone) ORDER BY c.id FOR UPDATE;
  CASE TG_TABLE_NAME
    WHEN 'sites' THEN
      is_used := EXISTS (SELECT FROM gone g CROSS JOIN LATERAL (
        SELECT FROM events e WHERE e.company_id = g.company_id AND e.site_id = g.id LIMIT 1) e);
    WHEN 'accounts' THEN
      is_used := EXISTS (SELECT FROM gone g CROSS JOIN LATERAL (
        SELECT FROM events e WHERE e.company_id = g.company_id AND e.account_id = g.id LIMIT 1) e);
    ELSE
      is_used := EXISTS (SELECT FROM gone g CROSS JOIN LATERAL (
        SELECT FROM events e WHERE e.company_id = g.company_id AND e.computer_id = g.id LIMIT 1) e);
  END CASE;
  IF is_used THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_' || rtrim(TG_TABLE_NAME, 's') || '_fk',
      MESSAGE = format('%s cannot be deleted while events name them', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_renumbering() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  RAISE foreign_key_violation USING TABLE = TG_TABLE_NAME,
    MESSAGE = format('the company and id of %s never change, since events name them', TG_TABLE_NAME);
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  parent text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['sites', 'accounts', 'computers'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION assert_parents_unused()',
      parent || '_unused', parent);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OF company_id, id ON %I FOR EACH ROW WHEN ((OLD.company_id, OLD.id) IS DISTINCT FROM (NEW.company_id, NEW.id)) EXECUTE FUNCTION refuse_renumbering()',
      parent || '_keep_ids', parent);
  END LOOP;
END
$$;
