ALTER TABLE "api_key_usage" ADD COLUMN "refused_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "app_auth_settings" ADD COLUMN "told_migration_count" integer;--> statement-breakpoint
CREATE INDEX "events_failures_received" ON "events" USING btree ("company_id","received_at") WHERE kind in (11, 12);--> statement-breakpoint
CREATE INDEX "notifications_bursts" ON "notifications" USING btree ("company_id","ended_at") WHERE kind = 'logon.burst';