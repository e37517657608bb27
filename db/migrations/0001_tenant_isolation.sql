-- Two roles nobody logs in as. Scoped work runs as winauthmon_app, which owns nothing and sees the companies set
-- for its transaction; the few unscoped reads run as the connecting user, a member of winauthmon_system.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['winauthmon_app', 'winauthmon_system'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this cluster was quicker
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'The database user may not create roles. Ask its administrator to run: CREATE ROLE winauthmon_app NOLOGIN; CREATE ROLE winauthmon_system NOLOGIN; GRANT winauthmon_app, winauthmon_system TO %;', current_user;
      END;
    END IF;
    IF NOT pg_has_role(current_user, role_name, 'USAGE') THEN
      EXECUTE format('GRANT %I TO %I', role_name, current_user);
    END IF;
  END LOOP;
END
$$;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO winauthmon_app, winauthmon_system', current_schema());
END
$$;
--> statement-breakpoint
-- The companies of this transaction; none set gives none. Stable, so a query asks once.
CREATE FUNCTION current_company_ids() RETURNS integer[]
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('app.company_ids', true), ''), '{}')::integer[] $$;
--> statement-breakpoint
DO $$
DECLARE
  tenant_table text;
  key_column text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'app_auth_companies', 'sites', 'app_auth_api_keys', 'api_key_usage', 'app_auth_user_companies',
    'accounts', 'computers', 'events', 'event_counts', 'presence', 'audit_log'
  ] LOOP
    key_column := CASE WHEN tenant_table = 'app_auth_companies' THEN 'id' ELSE 'company_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY company_rows ON %I TO winauthmon_app USING (%I = ANY ((SELECT current_company_ids())::integer[])) WITH CHECK (%I = ANY ((SELECT current_company_ids())::integer[]))',
      tenant_table, key_column, key_column);
    EXECUTE format('CREATE POLICY system_rows ON %I TO winauthmon_system USING (true) WITH CHECK (true)', tenant_table);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Not tenant tables, but the app's role still sees only the users of its companies.
ALTER TABLE app_auth_users ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE app_auth_users FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY member_rows ON app_auth_users FOR SELECT TO winauthmon_app
  USING (EXISTS (SELECT FROM app_auth_user_companies m WHERE m.user_id = app_auth_users.id));
--> statement-breakpoint
CREATE POLICY system_rows ON app_auth_users TO winauthmon_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON app_auth_companies, sites, app_auth_api_keys, api_key_usage,
  app_auth_user_companies, accounts, computers, events, event_counts, presence TO winauthmon_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_log TO winauthmon_app;
--> statement-breakpoint
GRANT SELECT (id, username, email, role, is_active, mfa_enabled, mfa_required, last_sign_in_at, created_at)
  ON app_auth_users TO winauthmon_app;
--> statement-breakpoint
GRANT SELECT ON app_auth_settings TO winauthmon_app;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO winauthmon_app', current_schema());
END
$$;
--> statement-breakpoint
INSERT INTO audit_chain (id) VALUES (1);
--> statement-breakpoint
-- Numbers and chains an audit row. The chain's head is locked until the transaction ends, so rows follow one another.
CREATE FUNCTION chain_audit_row() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER
  AS $$
DECLARE
  head audit_chain%ROWTYPE;
BEGIN
  SELECT * INTO head FROM audit_chain WHERE id = 1 FOR UPDATE;
  NEW.seq := head.head_seq + 1;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.prev_hash := head.head_hash;
  NEW.hash := audit_row_hash(NEW);
  UPDATE audit_chain SET head_seq = NEW.seq, head_hash = NEW.hash WHERE id = 1;
  RETURN NEW;
END
$$;
--> statement-breakpoint
-- SHA-256 over every column but the hash itself, as a JSON array of texts, so that no two rows spell the same input.
CREATE FUNCTION audit_row_hash(r audit_log) RETURNS text
  LANGUAGE sql STABLE
  AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    r.prev_hash, r.seq, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'), r.company_id, r.actor_user_id,
    r.actor_name, r.action, r.outcome, r.target_type, r.target_id, r.target_name, r.address, r.request_id,
    r.before, r.after
  )::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_chain BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION chain_audit_row();
--> statement-breakpoint
-- Every server forgets its cached keys the moment one changes, whoever changed it.
CREATE FUNCTION notify_api_keys() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('winauthmon_api_keys', '');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER api_keys_changed
  AFTER INSERT OR DELETE OR UPDATE OF key_digest, is_active, expires_at, scopes, deleted_at, site_id
  ON app_auth_api_keys FOR EACH STATEMENT EXECUTE FUNCTION notify_api_keys();
--> statement-breakpoint
CREATE TRIGGER api_keys_truncated AFTER TRUNCATE ON app_auth_api_keys FOR EACH STATEMENT EXECUTE FUNCTION notify_api_keys();
--> statement-breakpoint
-- The original's columns, for people's own SQL. security_invoker keeps row-level security in force behind it.
CREATE VIEW api_logs WITH (security_invoker = true) AS
SELECT
  e.id,
  e.event_type,
  a.name AS user_name,
  c.name AS computer_name,
  e.local_ip,
  e.public_ip,
  e.occurred_at AS "timestamp",
  e.retry,
  e.company_id,
  (SELECT min(k.id) FROM app_auth_api_keys k WHERE k.company_id = e.company_id AND k.site_id = e.site_id) AS api_key_id
FROM events e
JOIN accounts a ON a.company_id = e.company_id AND a.id = e.account_id
JOIN computers c ON c.company_id = e.company_id AND c.id = e.computer_id;
--> statement-breakpoint
GRANT SELECT ON api_logs TO winauthmon_app;
--> statement-breakpoint
-- Busy, append-mostly tables: statistics must follow the newest rows, and presence stays small only when vacuumed often.
ALTER TABLE events SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1);
--> statement-breakpoint
ALTER TABLE presence SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
--> statement-breakpoint
ALTER TABLE event_counts SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.1);
