CREATE TABLE "tenants" (
	"company_id" integer PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_company_id_app_auth_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."app_auth_companies"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
INSERT INTO "tenants" SELECT "id" FROM "app_auth_companies";
--> statement-breakpoint
-- As on every tenant table.
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "tenants" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY company_rows ON "tenants" TO winauthmon_app
  USING (company_id = ANY ((SELECT current_company_ids())::integer[]))
  WITH CHECK (company_id = ANY ((SELECT current_company_ids())::integer[]));
--> statement-breakpoint
CREATE POLICY system_rows ON "tenants" TO winauthmon_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT ON "tenants" TO winauthmon_app;
