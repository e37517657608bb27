DROP INDEX "detection_states_updated";--> statement-breakpoint
ALTER TABLE "app_auth_companies" ADD COLUMN "learns_habits" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "compared" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "detection_cursors" ADD COLUMN "habits_id" bigint;--> statement-breakpoint
ALTER TABLE "detection_cursors" ADD COLUMN "habits_target_id" bigint;--> statement-breakpoint
ALTER TABLE "detection_cursors" ADD COLUMN "forgotten_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "detection_exceptions" ADD COLUMN "computer_id" integer;--> statement-breakpoint
ALTER TABLE "detection_exceptions" ADD COLUMN "site_id" integer;--> statement-breakpoint
-- Rows change with every logon: room for their next version beside them.
ALTER TABLE detection_states SET (fillfactor = 70);
