CREATE TABLE "detection_backtests" (
	"company_id" integer NOT NULL,
	"rule" varchar(40) NOT NULL,
	"values_key" text NOT NULL,
	"days" smallint NOT NULL,
	"alerts" integer NOT NULL,
	"is_whole" boolean NOT NULL,
	"ran_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"user_id" integer,
	CONSTRAINT "detection_backtests_company_id_rule_values_key_pk" PRIMARY KEY("company_id","rule","values_key")
);
--> statement-breakpoint
ALTER TABLE "alert_history" ADD COLUMN "actor_name" text;--> statement-breakpoint
ALTER TABLE "alert_history" ADD COLUMN "assigned_to" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "assignee_user_id" integer;--> statement-breakpoint
ALTER TABLE "detection_backtests" ADD CONSTRAINT "detection_backtests_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detection_backtests" ADD CONSTRAINT "detection_backtests_user_id_app_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "detection_backtests_user" ON "detection_backtests" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_assignee_user_id_app_auth_users_id_fk" FOREIGN KEY ("assignee_user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_assignee" ON "alerts" USING btree ("assignee_user_id") WHERE assignee_user_id is not null;
--> statement-breakpoint
-- As on every tenant table.
ALTER TABLE detection_backtests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE detection_backtests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY company_rows ON detection_backtests TO winauthmon_app
  USING (company_id = ANY ((SELECT current_company_ids())::integer[]))
  WITH CHECK (company_id = ANY ((SELECT current_company_ids())::integer[]));
--> statement-breakpoint
CREATE POLICY system_rows ON detection_backtests TO winauthmon_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON detection_backtests TO winauthmon_app;
