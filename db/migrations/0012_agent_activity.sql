ALTER TABLE "app_auth_api_keys" ADD COLUMN "last_agent_at" timestamp (3) with time zone;--> statement-breakpoint
-- Keys that may do nothing else were used by agents alone; the others begin with their sites' newest events.
UPDATE app_auth_api_keys SET last_agent_at = last_used WHERE scopes = '{ingest}';
