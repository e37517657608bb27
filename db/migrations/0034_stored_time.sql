CREATE TABLE "time_spent_late" (
	"company_id" integer NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "time_spent_late_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"computer_id" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "time_spent_late_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "time_spent_months" (
	"company_id" integer NOT NULL,
	"computer_id" integer NOT NULL,
	"month" timestamp (3) with time zone NOT NULL,
	"through_at" timestamp (3) with time zone NOT NULL,
	"floor_at" timestamp (3) with time zone,
	"heads" "bytea" NOT NULL,
	"details" "bytea" NOT NULL,
	"carry" "bytea" NOT NULL,
	CONSTRAINT "time_spent_months_company_id_computer_id_month_pk" PRIMARY KEY("company_id","computer_id","month")
);
--> statement-breakpoint
CREATE TABLE "time_spent_progress" (
	"company_id" integer PRIMARY KEY NOT NULL,
	"through_at" timestamp (3) with time zone,
	"floor_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "time_spent_late" ADD CONSTRAINT "time_spent_late_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_spent_months" ADD CONSTRAINT "time_spent_months_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_spent_months" ADD CONSTRAINT "time_spent_months_computer_fk" FOREIGN KEY ("company_id","computer_id") REFERENCES "public"."computers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_spent_progress" ADD CONSTRAINT "time_spent_progress_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
-- Numbers in few bytes, which compression would only cost time to find incompressible.
ALTER TABLE time_spent_months ALTER COLUMN heads SET STORAGE EXTERNAL, ALTER COLUMN details SET STORAGE EXTERNAL;
--> statement-breakpoint
-- As on every tenant table.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['time_spent_months', 'time_spent_late', 'time_spent_progress'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY company_rows ON %I TO winauthmon_app
      USING (company_id = ANY ((SELECT current_company_ids())::integer[]))
      WITH CHECK (company_id = ANY ((SELECT current_company_ids())::integer[]))', name);
    EXECUTE format('CREATE POLICY system_rows ON %I TO winauthmon_system USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO winauthmon_app', name);
  END LOOP;
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO winauthmon_app', current_schema());
END
$$;
