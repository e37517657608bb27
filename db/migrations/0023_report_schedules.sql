CREATE TABLE "report_runs" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "report_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"schedule_id" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"reason" varchar(10) NOT NULL,
	"requested_by" varchar(64),
	"state" varchar(10) NOT NULL,
	"recipients" jsonb,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"duration_ms" integer,
	"bytes" bigint,
	"file_name" text,
	"note" text,
	CONSTRAINT "report_runs_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "report_runs_due" UNIQUE("company_id","schedule_id","due_at")
);
--> statement-breakpoint
CREATE TABLE "report_schedules" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "report_schedules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"view_id" integer,
	"view_name" varchar(100) NOT NULL,
	"owner_user_id" integer,
	"owner_name" varchar(64) NOT NULL,
	"kind" varchar(10) NOT NULL,
	"weekday" smallint NOT NULL,
	"day" smallint NOT NULL,
	"hour" smallint NOT NULL,
	"minute" smallint NOT NULL,
	"range_name" varchar(20) NOT NULL,
	"format" varchar(10) NOT NULL,
	"member_ids" integer[] DEFAULT '{}' NOT NULL,
	"addresses" text[] DEFAULT '{}' NOT NULL,
	"next_due_at" timestamp (3) with time zone,
	"due_zone" text NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	"stopped_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_schedules_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
ALTER TABLE "app_auth_companies" ADD COLUMN "report_domains" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_runs" ADD CONSTRAINT "report_runs_schedule_fk" FOREIGN KEY ("company_id","schedule_id") REFERENCES "public"."report_schedules"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_owner_user_id_app_auth_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_schedules_due" ON "report_schedules" USING btree ("next_due_at");--> statement-breakpoint
CREATE INDEX "report_schedules_owner" ON "report_schedules" USING btree ("owner_user_id");--> statement-breakpoint
CREATE INDEX "report_schedules_view" ON "report_schedules" USING btree ("company_id","view_id");--> statement-breakpoint
-- The view goes with its owner, and the schedule stays to tell so; drizzle cannot name the column to set.
ALTER TABLE report_schedules ADD CONSTRAINT report_schedules_view_fk FOREIGN KEY (company_id, view_id)
  REFERENCES saved_views (company_id, id) ON DELETE SET NULL (view_id);
--> statement-breakpoint
-- As on every tenant table.
ALTER TABLE report_schedules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE report_schedules FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY company_rows ON report_schedules TO winauthmon_app
  USING (company_id = ANY ((SELECT current_company_ids())::integer[]))
  WITH CHECK (company_id = ANY ((SELECT current_company_ids())::integer[]));
--> statement-breakpoint
CREATE POLICY system_rows ON report_schedules TO winauthmon_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON report_schedules TO winauthmon_app;
--> statement-breakpoint
ALTER TABLE report_runs ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE report_runs FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY company_rows ON report_runs TO winauthmon_app
  USING (company_id = ANY ((SELECT current_company_ids())::integer[]))
  WITH CHECK (company_id = ANY ((SELECT current_company_ids())::integer[]));
--> statement-breakpoint
CREATE POLICY system_rows ON report_runs TO winauthmon_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON report_runs TO winauthmon_app;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO winauthmon_app', current_schema());
END
$$;
