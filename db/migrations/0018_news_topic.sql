-- Open pages hear whose notifications were made the moment they are committed. The payload is the company's id, 0 for
-- the portal. A trigger and not the callers, so that no path can forget it.
CREATE FUNCTION notify_news() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('winauthmon_news', company_id::text) FROM (SELECT DISTINCT company_id FROM made) m;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER notifications_news AFTER INSERT ON notifications
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION notify_news();
