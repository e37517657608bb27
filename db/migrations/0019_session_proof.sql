ALTER TABLE "user_sessions" ADD COLUMN "proved_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "user_sessions" SET "proved_at" = "created_at";
