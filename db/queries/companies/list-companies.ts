import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql, sameCompanySql } from "../../scope-sql";
import { likePattern } from "../like";
import { pgArray } from "../pg-array";

export interface CompanyListRow extends Record<string, unknown> {
  id: number;
  name: string;
  description: string | null;
  time_zone: string | null;
  /** Epoch milliseconds. */
  created_ms: number;
  event_count: number;
  user_count: number;
  site_count: number;
  /** Epoch milliseconds; null without events. */
  last_event_ms: number | null;
}

/** Companies by name from behind `after` on, each with its counts; the search looks into name and description. */
export async function listCompanies(
  tx: Transaction,
  scope: CompanyScope,
  { search, after, limit }: { search: string; after: { name: string; id: number } | null; limit: number },
): Promise<CompanyListRow[]> {
  const pattern = likePattern(search);
  const rows = await tx.execute<CompanyListRow>(sql`
    select c.id, c.name, c.description, c.time_zone, extract(epoch from c.created_at) * 1000 as created_ms,
      (select coalesce(sum(n.count), 0)::float8 from event_counts n where ${sameCompanySql(scope, "n.company_id", "t.company_id")}) as event_count,
      (select count(*)::int from sites s where s.company_id = t.company_id and s.deleted_at is null) as site_count,
      (select extract(epoch from e.occurred_at) * 1000 from events e where ${sameCompanySql(scope, "e.company_id", "t.company_id")}
        order by e.occurred_at desc limit 1) as last_event_ms
    from tenants t join app_auth_companies c on c.id = t.company_id
    where ${companySql(scope, "t.company_id")}
      and (c.name ilike ${pattern} or c.description ilike ${pattern})
      ${after ? sql`and (lower(c.name), c.id) > (lower(${after.name}), ${after.id})` : sql``}
    order by lower(c.name), c.id
    limit ${limit}`);
  const members = await tx.execute<{ company_id: number; count: number }>(sql`
    select company_id, count(*)::int as count from app_auth_user_companies
    where company_id = any(${pgArray(rows.map(({ id }) => id))}::int[]) group by company_id`);
  const counts = new Map(members.map((row) => [row.company_id, row.count]));
  return rows.map((row) => ({ ...row, user_count: counts.get(row.id) ?? 0 }));
}

/** How many companies the search finds. */
export async function countCompanies(tx: Transaction, scope: CompanyScope, search: string): Promise<number> {
  const pattern = likePattern(search);
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from app_auth_companies
    where ${companySql(scope, "id")} and (name ilike ${pattern} or description ilike ${pattern})`);
  return row!.count;
}
