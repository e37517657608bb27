ALTER TABLE "presence" ADD COLUMN "start_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "presence" ADD COLUMN "start_id" bigint;--> statement-breakpoint
ALTER TABLE "presence" ADD COLUMN "end_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "presence" ADD COLUMN "end_id" bigint;--> statement-breakpoint
ALTER TABLE "presence" ADD COLUMN "pause_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "presence" ADD COLUMN "pause_id" bigint;--> statement-breakpoint
CREATE INDEX "events_seat" ON "events" USING btree ("company_id","computer_id","account_id","occurred_at","id") WHERE kind in (1, 2, 3, 6);--> statement-breakpoint
CREATE INDEX "events_power" ON "events" USING btree ("company_id","computer_id","occurred_at","id","kind") WHERE kind between 7 and 9;--> statement-breakpoint
-- The newest start (1 to 3), end (6; 8 and 9 of a computer) and pause (4, 5; 7 of a computer), by time and then id.
WITH newest AS (
  SELECT company_id, computer_id, CASE WHEN kind >= 8 THEN -1 WHEN kind = 7 THEN 0 ELSE account_id END AS who,
    max(occurred_at) FILTER (WHERE kind <= 3) AS start_at, max(occurred_at) FILTER (WHERE kind IN (6, 8, 9)) AS end_at,
    max(occurred_at) FILTER (WHERE kind IN (4, 5, 7)) AS pause_at, max(occurred_at) AS at
  FROM "events" WHERE kind BETWEEN 1 AND 9 GROUP BY 1, 2, 3
)
UPDATE "presence" p SET
  "start_at" = n.start_at,
  "start_id" = (SELECT max(e.id) FROM "events" e WHERE e.company_id = n.company_id AND e.computer_id = n.computer_id
    AND e.occurred_at = n.start_at AND e.account_id = n.who AND e.kind BETWEEN 1 AND 3),
  "end_at" = n.end_at,
  "end_id" = (SELECT max(e.id) FROM "events" e WHERE e.company_id = n.company_id AND e.computer_id = n.computer_id
    AND e.occurred_at = n.end_at AND (e.account_id = n.who AND e.kind = 6 OR n.who = -1 AND e.kind IN (8, 9))),
  "pause_at" = n.pause_at,
  "pause_id" = (SELECT max(e.id) FROM "events" e WHERE e.company_id = n.company_id AND e.computer_id = n.computer_id
    AND e.occurred_at = n.pause_at AND (e.account_id = n.who AND e.kind IN (4, 5) OR n.who = 0 AND e.kind = 7)),
  -- Until now a pause after a logoff was kept as the logoff.
  "kind" = coalesce((SELECT e.kind FROM "events" e WHERE e.company_id = n.company_id AND e.computer_id = n.computer_id
    AND e.occurred_at = n.at AND e.kind BETWEEN 1 AND 9
    AND CASE WHEN e.kind >= 8 THEN -1 WHEN e.kind = 7 THEN 0 ELSE e.account_id END = n.who ORDER BY e.id DESC LIMIT 1), p."kind"),
  "at" = greatest(p."at", n.at)
FROM newest n
WHERE n.company_id = p.company_id AND n.computer_id = p.computer_id AND n.who = p.account_id;
