ALTER TABLE "presence" ADD COLUMN "first_at" timestamp (3) with time zone;--> statement-breakpoint
-- Accounts 0 and -1 stand for the computer's sleep and for its shutdown or startup.
UPDATE "presence" p SET "first_at" = least(f.at, p."since_at")
FROM (
  SELECT company_id, computer_id, CASE WHEN kind >= 8 THEN -1 WHEN kind = 7 THEN 0 ELSE account_id END AS who, min(occurred_at) AS at
  FROM "events" WHERE kind BETWEEN 1 AND 9 GROUP BY 1, 2, 3
) f
WHERE f.company_id = p.company_id AND f.computer_id = p.computer_id AND f.who = p.account_id;--> statement-breakpoint
UPDATE "presence" SET "first_at" = "since_at" WHERE "first_at" IS NULL;--> statement-breakpoint
ALTER TABLE "presence" ALTER COLUMN "first_at" SET NOT NULL;
