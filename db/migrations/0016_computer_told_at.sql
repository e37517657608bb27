CREATE TABLE "derivation_progress" (
	"name" varchar(60) PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "computers" ADD COLUMN "local_ip_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "computers" ADD COLUMN "public_ip_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "computers" ADD COLUMN "agent_version_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "events_received" ON "events" USING brin ("received_at") WITH (autosummarize=true);--> statement-breakpoint
UPDATE "computers" SET
  "local_ip_at" = CASE WHEN "last_local_ip" IS NOT NULL THEN "last_seen_at" END,
  "public_ip_at" = CASE WHEN "last_public_ip" IS NOT NULL THEN "last_seen_at" END,
  "agent_version_at" = CASE WHEN "agent_version" IS NOT NULL THEN "last_seen_at" END;--> statement-breakpoint
INSERT INTO "derivation_progress" VALUES ('last seen', now());
