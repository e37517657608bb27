-- Every server hears at once whose access changed, so that a live feed closes with the access it was opened with.
-- The payload is the user's id. Triggers and not callers, so that no path, people's own SQL included, can forget it.
CREATE FUNCTION notify_user_access() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('winauthmon_access', (CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END)::text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION notify_owner_access() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('winauthmon_access', (CASE TG_OP WHEN 'DELETE' THEN OLD.user_id ELSE NEW.user_id END)::text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER user_access_changed
  AFTER DELETE OR UPDATE OF role, is_active, session_version, must_change_password, mfa_enabled, mfa_required
  ON app_auth_users FOR EACH ROW EXECUTE FUNCTION notify_user_access();
--> statement-breakpoint
CREATE TRIGGER membership_access_changed
  AFTER INSERT OR UPDATE OR DELETE ON app_auth_user_companies FOR EACH ROW EXECUTE FUNCTION notify_owner_access();
--> statement-breakpoint
CREATE TRIGGER session_access_changed
  AFTER DELETE OR UPDATE OF revoked_at ON user_sessions FOR EACH ROW EXECUTE FUNCTION notify_owner_access();
