import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { pgArray } from "../pg-array";
import { instantSql } from "../events/event-match";
import type { AccountRow } from "@/lib/domain/reports/accounts";

/** The scope's accounts last seen in the range, by name, ties by company and id. */
export async function listAccounts(
  tx: Transaction,
  scope: CompanyScope,
  { from, to }: { from: number; to: number },
): Promise<AccountRow[]> {
  const rows = await tx.execute<{
    company_id: number;
    company_name: string;
    id: number;
    name: string;
    first_ms: string;
    last_ms: string;
  }>(sql`
    select a.company_id, c.name as company_name, a.id, a.name,
      extract(epoch from a.first_seen_at) * 1000 as first_ms, extract(epoch from a.last_seen_at) * 1000 as last_ms
    from accounts a join app_auth_companies c on c.id = a.company_id
    where a.company_id = any(${pgArray(scope.companyIds)}::int[])
      and a.last_seen_at >= ${instantSql(from)} and a.first_seen_at < ${instantSql(to)}
    order by a.name_key, a.company_id, a.id`);
  return rows.map((row) => ({
    companyId: row.company_id,
    companyName: row.company_name,
    id: row.id,
    name: row.name,
    firstSeenAt: Number(row.first_ms),
    lastSeenAt: Number(row.last_ms),
  }));
}
