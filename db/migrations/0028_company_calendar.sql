CREATE TABLE "calendar_exemptions" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "calendar_exemptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"account_id" integer NOT NULL,
	"reason" text NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_user_id" integer,
	CONSTRAINT "calendar_exemptions_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "calendar_holidays" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "calendar_holidays_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer,
	"name" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"is_yearly" boolean NOT NULL,
	CONSTRAINT "calendar_holidays_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "company_calendars" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "company_calendars_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"site_id" integer,
	"time_zone" text,
	"hours" jsonb NOT NULL,
	"grace_minutes" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "company_calendars_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "company_calendars_place" UNIQUE NULLS NOT DISTINCT("company_id","site_id")
);
--> statement-breakpoint
CREATE TABLE "account_tags" (
	"company_id" integer NOT NULL,
	"account_id" integer NOT NULL,
	"tag" varchar(30) NOT NULL,
	"has_tag" boolean NOT NULL,
	CONSTRAINT "account_tags_company_id_account_id_tag_pk" PRIMARY KEY("company_id","account_id","tag")
);
--> statement-breakpoint
CREATE TABLE "computer_tags" (
	"company_id" integer NOT NULL,
	"computer_id" integer NOT NULL,
	"tag" varchar(30) NOT NULL,
	"has_tag" boolean NOT NULL,
	CONSTRAINT "computer_tags_company_id_computer_id_tag_pk" PRIMARY KEY("company_id","computer_id","tag")
);
--> statement-breakpoint
CREATE TABLE "tag_patterns" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "tag_patterns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"tag" varchar(30) NOT NULL,
	"pattern" text NOT NULL,
	"pattern_key" text NOT NULL,
	CONSTRAINT "tag_patterns_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "tag_patterns_key" UNIQUE("company_id","tag","pattern_key")
);
--> statement-breakpoint
ALTER TABLE "calendar_exemptions" ADD CONSTRAINT "calendar_exemptions_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_exemptions" ADD CONSTRAINT "calendar_exemptions_created_by_user_id_app_auth_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_exemptions" ADD CONSTRAINT "calendar_exemptions_account_fk" FOREIGN KEY ("company_id","account_id") REFERENCES "public"."accounts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_holidays" ADD CONSTRAINT "calendar_holidays_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_holidays" ADD CONSTRAINT "calendar_holidays_site_fk" FOREIGN KEY ("company_id","site_id") REFERENCES "public"."sites"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_calendars" ADD CONSTRAINT "company_calendars_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_calendars" ADD CONSTRAINT "company_calendars_site_fk" FOREIGN KEY ("company_id","site_id") REFERENCES "public"."sites"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_tags" ADD CONSTRAINT "account_tags_account_fk" FOREIGN KEY ("company_id","account_id") REFERENCES "public"."accounts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "computer_tags" ADD CONSTRAINT "computer_tags_computer_fk" FOREIGN KEY ("company_id","computer_id") REFERENCES "public"."computers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_patterns" ADD CONSTRAINT "tag_patterns_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_exemptions_account" ON "calendar_exemptions" USING btree ("company_id","account_id");--> statement-breakpoint
CREATE INDEX "calendar_exemptions_user" ON "calendar_exemptions" USING btree ("created_by_user_id");--> statement-breakpoint
-- As on every tenant table.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['company_calendars', 'calendar_holidays', 'calendar_exemptions', 'account_tags',
    'computer_tags', 'tag_patterns'] LOOP
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
