DROP INDEX "alerts_created";--> statement-breakpoint
DROP INDEX "alerts_open";--> statement-breakpoint
CREATE INDEX "alerts_created" ON "alerts" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("company_id","created_at","id") WHERE state = 'open';