-- The three foreign keys of events ran three queries for every row: a third to a half of all that storing an event
-- cost. The triggers below keep the same promise, under the same names and error code (foreign_key_violation), with
-- one look at each distinct site, account and computer of a statement. Locks are those of a foreign key, so a
-- parent deleted at the same moment is either seen as gone here or its deletion sees the events.
ALTER TABLE "events" DROP CONSTRAINT "events_site_fk";
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_account_fk";
--> statement-breakpoint
ALTER TABLE "events" DROP CONSTRAINT "events_computer_fk";
--> statement-breakpoint
-- A plan made while the tables were small would go on reading them whole as they grow; hence enable_seqscan.
CREATE FUNCTION assert_event_parents() RETURNS trigger
  LANGUAGE plpgsql SET enable_seqscan = off
  AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT company_id, site_id FROM written) w
    LEFT JOIN LATERAL (
      SELECT true AS is_there FROM sites s WHERE s.company_id = w.company_id AND s.id = w.site_id FOR KEY SHARE
    ) parent ON true
    WHERE parent.is_there IS NULL
  ) THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_site_fk',
      MESSAGE = 'an event names a site that does not exist';
  END IF;
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT company_id, account_id FROM written) w
    LEFT JOIN LATERAL (
      SELECT true AS is_there FROM accounts a WHERE a.company_id = w.company_id AND a.id = w.account_id FOR KEY SHARE
    ) parent ON true
    WHERE parent.is_there IS NULL
  ) THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_account_fk',
      MESSAGE = 'an event names an account that does not exist';
  END IF;
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT company_id, computer_id FROM written) w
    LEFT JOIN LATERAL (
      SELECT true AS is_there FROM computers c WHERE c.company_id = w.company_id AND c.id = w.computer_id FOR KEY SHARE
    ) parent ON true
    WHERE parent.is_there IS NULL
  ) THEN
    RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_computer_fk',
      MESSAGE = 'an event names a computer that does not exist';
  END IF;
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
