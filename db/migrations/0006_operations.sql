CREATE TABLE "audit_removed" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"removed_by" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "next_run_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "app_auth_settings" ADD COLUMN "backup_hour" integer;--> statement-breakpoint
ALTER TABLE "app_auth_settings" ADD COLUMN "backup_keep_count" integer DEFAULT 7 NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_removed_by" ON "audit_removed" USING btree ("removed_by","seq");--> statement-breakpoint
ALTER TABLE "app_auth_settings" DROP COLUMN "backup_interval_hours";
--> statement-breakpoint
-- As before, and now an erased person's account takes no new events: a server that still has its id cached is told
-- by the same error that the account is gone, forgets it, and the event opens a new account.
CREATE OR REPLACE FUNCTION assert_event_parents() RETURNS trigger
  LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off
  AS $$
DECLARE
  named record;
BEGIN
  FOR named IN
    SELECT company_id, array_agg(DISTINCT site_id) AS sites, array_agg(DISTINCT account_id) AS accounts,
      array_agg(DISTINCT computer_id) AS computers
    FROM written GROUP BY company_id ORDER BY company_id
  LOOP
    PERFORM FROM app_auth_companies c WHERE c.id = named.company_id FOR KEY SHARE;
    IF (SELECT count(*) FROM sites p WHERE p.company_id = named.company_id AND p.id = ANY (named.sites))
      < cardinality(named.sites) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_site_fk',
        MESSAGE = 'an event names a site that does not exist';
    END IF;
    IF (SELECT count(*) FROM accounts p WHERE p.company_id = named.company_id AND p.id = ANY (named.accounts)
        AND (TG_OP = 'UPDATE' OR p.erased_at IS NULL))
      < cardinality(named.accounts) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_account_fk',
        MESSAGE = 'an event names an account that does not exist or was erased';
    END IF;
    IF (SELECT count(*) FROM computers p WHERE p.company_id = named.company_id AND p.id = ANY (named.computers))
      < cardinality(named.computers) THEN
      RAISE foreign_key_violation USING TABLE = 'events', CONSTRAINT = 'events_computer_fk',
        MESSAGE = 'an event names a computer that does not exist';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
