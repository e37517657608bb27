-- What nearly every event would repeat is left out: its kind's usual type, and that it was sent once. Rows stored before
-- stay as they are.
ALTER TABLE "events" ALTER COLUMN "retry" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "retry" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "event_type" DROP NOT NULL;--> statement-breakpoint
CREATE OR REPLACE VIEW api_logs WITH (security_invoker = true) AS
SELECT
  e.id,
  coalesce(e.event_type, ('[0:12]={null,Logon,Unlock,RemoteConnect,Lock,RemoteDisconnect,Logoff,Sleep,Shutdown,Startup,Wake,LogonFailed,Lockout}'::text[])[e.kind], '') AS event_type,
  a.name AS user_name,
  c.name AS computer_name,
  e.local_ip,
  e.public_ip,
  e.occurred_at AS "timestamp",
  coalesce(e.retry, 0::smallint) AS retry,
  e.company_id,
  (SELECT min(k.id) FROM app_auth_api_keys k WHERE k.company_id = e.company_id AND k.site_id = e.site_id) AS api_key_id
FROM events e
JOIN accounts a ON a.company_id = e.company_id AND a.id = e.account_id
JOIN computers c ON c.company_id = e.company_id AND c.id = e.computer_id;
