CREATE TABLE "saved_views" (
	"company_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "saved_views_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"owner_user_id" integer,
	"name" varchar(100) NOT NULL,
	"table_name" varchar(40) NOT NULL,
	"query" text NOT NULL,
	"columns" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_user_id" integer,
	CONSTRAINT "saved_views_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_user_id_app_auth_users_id_fk" FOREIGN KEY ("owner_user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_created_by_user_id_app_auth_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."app_auth_users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saved_views_owner" ON "saved_views" USING btree ("owner_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_own_name_key" ON "saved_views" USING btree ("company_id","owner_user_id",lower("name")) WHERE owner_user_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_shared_name_key" ON "saved_views" USING btree ("company_id",lower("name")) WHERE owner_user_id is null;--> statement-breakpoint
-- As on every tenant table.
ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE saved_views FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY company_rows ON saved_views TO winauthmon_app
  USING (company_id = ANY ((SELECT current_company_ids())::integer[]))
  WITH CHECK (company_id = ANY ((SELECT current_company_ids())::integer[]));
--> statement-breakpoint
CREATE POLICY system_rows ON saved_views TO winauthmon_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO winauthmon_app;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO winauthmon_app', current_schema());
END
$$;
