import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import type { Reference } from "../events/event-match";
import { pgArray } from "../pg-array";

const TABLES = {
  account: "accounts",
  computer: "computers",
  site: "sites",
  "api-key": "app_auth_api_keys",
  alert: "alerts",
  channel: "notification_channels",
  schedule: "report_schedules",
} as const;

/** Keep their rows when they are deleted, marked so. */
const MARKED: ReadonlySet<StandingType> = new Set(["site", "api-key"]);

/** What the trail is about and the database still holds, by the trail's names. */
export type StandingType = keyof typeof TABLES;
export const STANDING_TYPES = Object.keys(TABLES) as StandingType[];

/** Which of the ids there still are in the scope's companies. */
export async function listStanding(
  tx: Transaction,
  scope: CompanyScope,
  type: StandingType,
  ids: readonly number[],
): Promise<Reference[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<{ company_id: number; id: number }>(sql`
    select company_id, id::int from ${sql.raw(TABLES[type])}
    where ${companySql(scope, "company_id")} and id = any(${pgArray(ids)}::int[])
      ${MARKED.has(type) ? sql`and deleted_at is null` : sql``}`);
  return rows.map((row) => ({ companyId: row.company_id, id: row.id }));
}
