import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { quarterText } from "../quarter";

/**
 * Corrects counts of quarters of an hour that are not those of the company's events, before the instant when one is
 * given; gives how many were wrong.
 *
 * Events may arrive meanwhile: the statement compares both as of one moment and adds the differences.
 */
export async function recountEvents(
  tx: Transaction,
  scope: CompanyWriteScope,
  before: Date | null = null,
): Promise<number> {
  const until = before?.toISOString();
  const [row] = await tx.execute<{ corrected: number }>(sql`
    with stored as (
      select ${sql.raw(quarterText("occurred_at"))} as bucket_at, site_id, kind,
        count(*)::int as number
      from events where company_id = ${scope.companyId} ${until ? sql`and occurred_at < ${until}` : sql``}
      group by 1, 2, 3
    ), noted as (
      select bucket_at, site_id, kind, count as number
      from event_counts where company_id = ${scope.companyId} ${until ? sql`and bucket_at < ${until}` : sql``}
    ), corrected as (
      insert into event_counts (company_id, bucket_at, site_id, kind, count)
      select ${scope.companyId}::int, bucket_at, site_id, kind, coalesce(s.number, 0) - coalesce(n.number, 0)
      from stored s full join noted n using (bucket_at, site_id, kind)
      where coalesce(s.number, 0) <> coalesce(n.number, 0) order by 2, 3, 4
      on conflict (company_id, bucket_at, site_id, kind) do update set count = event_counts.count + excluded.count
      returning 1
    )
    select count(*)::int as corrected from corrected`);
  return row!.corrected;
}
