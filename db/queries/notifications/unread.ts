import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";

/** Older ones are never unread, so that new administrators don't start with all that ever happened. */
const UNREAD_DAYS = 14;

const unreadSql = (userId: number, scope: CompanyScope): SQL => sql`
  notifications n left join notification_reads r on r.company_id = n.company_id and r.user_id = ${userId}
  where ${companySql(scope, "n.company_id")}
    and n.created_at > now() - make_interval(days => ${UNREAD_DAYS}) and n.id > coalesce(r.read_through_id, 0)`;

/** How many of the scope's notifications the user has not read, up to `most`. */
export async function countUnread(
  tx: Transaction,
  scope: CompanyScope,
  userId: number,
  most: number,
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (select from ${unreadSql(userId, scope)} limit ${most}) unread`);
  return row!.count;
}

export interface UnreadGroup extends Record<string, unknown> {
  companyId: number;
  /** Null for the portal's own. */
  companyName: string | null;
  kind: string;
  severity: string;
  count: number;
  lastId: number;
  /** Epoch milliseconds of the newest. */
  at: number;
  /** The newest few. */
  params: Record<string, unknown>[];
}

/** What the user has not read, by company and kind, the newest first. */
export async function listUnread(
  tx: Transaction,
  scope: CompanyScope,
  userId: number,
  limit: number,
): Promise<UnreadGroup[]> {
  const rows = await tx.execute<UnreadGroup>(sql`
    select n.company_id as "companyId",
      (select o.name from app_auth_companies o where o.id = n.company_id) as "companyName",
      n.kind, max(n.severity) as severity, count(*)::int as count, max(n.id) as "lastId", (extract(epoch from max(n.created_at)) * 1000)::float8 as at,
      to_jsonb((array_agg(n.params order by n.id desc))[1:10]) as params
    from ${unreadSql(userId, scope)}
    group by n.company_id, n.kind order by "lastId" desc limit ${limit}`);
  return [...rows];
}

/** Notes that the user has read all up to this id, in every company of the scope that has something unread. */
export async function markRead(
  tx: Transaction,
  scope: CompanyScope,
  userId: number,
  throughId: number,
): Promise<void> {
  await tx.execute(sql`
    insert into notification_reads (company_id, user_id, read_through_id)
    select distinct n.company_id, ${userId}::int, ${throughId}::int
    from ${unreadSql(userId, scope)} and n.id <= ${throughId} order by 1
    on conflict (company_id, user_id) do update
    set read_through_id = greatest(notification_reads.read_through_id, excluded.read_through_id)`);
}
