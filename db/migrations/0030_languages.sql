ALTER TABLE "app_auth_companies" ADD COLUMN "language" varchar(10);--> statement-breakpoint
ALTER TABLE "app_auth_users" ADD COLUMN "language" varchar(10);