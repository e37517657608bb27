ALTER TABLE "computers" ADD COLUMN "dropped_failures" bigint;--> statement-breakpoint
ALTER TABLE "computers" ADD COLUMN "dropped_sessions" bigint;--> statement-breakpoint
CREATE INDEX "presence_account" ON "presence" USING btree ("company_id","account_id");