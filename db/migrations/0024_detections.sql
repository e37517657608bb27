CREATE TABLE "alert_history" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "alert_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"alert_id" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"user_id" integer,
	"state" varchar(20),
	"comment" text DEFAULT '' NOT NULL,
	CONSTRAINT "alert_history_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"rule" varchar(40) NOT NULL,
	"subject_key" text NOT NULL,
	"key_event_id" bigint NOT NULL,
	"severity" varchar(10) NOT NULL,
	"state" varchar(20) DEFAULT 'open' NOT NULL,
	"account_id" integer,
	"computer_id" integer,
	"site_id" integer,
	"address" text,
	"first_at" timestamp (3) with time zone NOT NULL,
	"since_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"threshold" integer NOT NULL,
	"window_minutes" integer NOT NULL,
	"event_ids" bigint[] NOT NULL,
	"account_ids" integer[] NOT NULL,
	"computer_ids" integer[] NOT NULL,
	"codes" text[] DEFAULT '{}' NOT NULL,
	"is_late" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alerts_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "detection_clock" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"settled_id" bigint NOT NULL,
	"candidate_id" bigint NOT NULL,
	"candidate_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"candidate_xmax" text
);
--> statement-breakpoint
CREATE TABLE "detection_cursors" (
	"company_id" integer PRIMARY KEY NOT NULL,
	"through_id" bigint NOT NULL,
	"target_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "detection_exceptions" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "detection_exceptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"rule" varchar(40) NOT NULL,
	"account_id" integer,
	"address" text,
	"reason" text NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_user_id" integer,
	CONSTRAINT "detection_exceptions_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "detection_settings" (
	"company_id" integer NOT NULL,
	"rule" varchar(40) NOT NULL,
	"is_on" boolean NOT NULL,
	"rule_values" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "detection_settings_company_id_rule_pk" PRIMARY KEY("company_id","rule")
);
--> statement-breakpoint
CREATE TABLE "detection_states" (
	"company_id" integer NOT NULL,
	"rule" varchar(40) NOT NULL,
	"subject_key" text NOT NULL,
	"memory" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "detection_states_company_id_rule_subject_key_pk" PRIMARY KEY("company_id","rule","subject_key")
);
--> statement-breakpoint
ALTER TABLE "alert_history" ADD CONSTRAINT "alert_history_user_id_app_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_history" ADD CONSTRAINT "alert_history_alert_fk" FOREIGN KEY ("company_id","alert_id") REFERENCES "public"."alerts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detection_cursors" ADD CONSTRAINT "detection_cursors_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detection_exceptions" ADD CONSTRAINT "detection_exceptions_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detection_exceptions" ADD CONSTRAINT "detection_exceptions_created_by_user_id_app_auth_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detection_settings" ADD CONSTRAINT "detection_settings_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detection_states" ADD CONSTRAINT "detection_states_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_history_alert" ON "alert_history" USING btree ("company_id","alert_id");--> statement-breakpoint
CREATE INDEX "alert_history_user" ON "alert_history" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_name_key" ON "alerts" USING btree ("company_id","rule","subject_key","key_event_id");--> statement-breakpoint
CREATE INDEX "alerts_last" ON "alerts" USING btree ("company_id","last_at");--> statement-breakpoint
CREATE INDEX "alerts_created" ON "alerts" USING btree ("company_id","created_at");--> statement-breakpoint
CREATE INDEX "alerts_account" ON "alerts" USING btree ("company_id","account_id") WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("company_id","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "detection_exceptions_user" ON "detection_exceptions" USING btree ("created_by_user_id");--> statement-breakpoint
CREATE INDEX "detection_states_updated" ON "detection_states" USING btree ("company_id","updated_at");--> statement-breakpoint
CREATE INDEX "events_stored" ON "events" USING brin ("id") WITH (autosummarize=true);--> statement-breakpoint
-- As on every tenant table.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['alerts', 'alert_history', 'detection_states', 'detection_cursors', 'detection_settings',
    'detection_exceptions'] LOOP
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
--> statement-breakpoint
-- Rules begin with what is stored from now on.
INSERT INTO detection_clock (settled_id, candidate_id) SELECT last_id, last_id FROM (
  SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('events', 'id')::regclass), 0) AS last_id) known;
