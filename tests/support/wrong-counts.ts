import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { TestCompany } from "./stored-events";

/** How many rows of the rollup differ from what the events themselves come to. */
export async function wrongCounts({ companyId }: TestCompany): Promise<number> {
  const [row] = await database().execute<{ wrong: number }>(sql`
    select count(*)::int as wrong from (
      select date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z') as bucket_at, site_id, kind,
        count(*)::int as count
      from events where company_id = ${companyId} group by 1, 2, 3) e
    full join (select bucket_at, site_id, kind, count from event_counts where company_id = ${companyId}) c
      using (bucket_at, site_id, kind)
    where e.count is distinct from c.count`);
  return row!.wrong;
}
