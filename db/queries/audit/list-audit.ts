import { sql, type SQL } from "drizzle-orm";
import { auditPrefixes, type AuditArea } from "@/lib/domain/audit-areas";
import type { Transaction } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { likePattern } from "../like";

export interface AuditFilter {
  /** Looked for in actor, action, target and address. */
  search: string;
  /** What the action is about, refusals included. */
  area: AuditArea | null;
  outcome: string | null;
  companyId: number | null;
  /** Half-open range of instants. */
  from: Date | null;
  to: Date | null;
}

export interface AuditListRow extends Record<string, unknown> {
  seq: string;
  /** Epoch milliseconds. */
  at_ms: number;
  company_id: number | null;
  company_name: string | null;
  actor_user_id: number | null;
  actor_name: string | null;
  action: string;
  outcome: string;
  target_type: string | null;
  target_id: string | null;
  target_name: string | null;
  address: string | null;
  request_id: string | null;
  before: unknown;
  after: unknown;
  hash: string;
}

/** `scope` null reads the whole trail, portal-wide rows included: for GlobalAdmins, outside row-level security. */
function conditions(scope: CompanyScope | null, filter: AuditFilter): SQL {
  const pattern = likePattern(filter.search);
  const parts = [scope ? companySql(scope, "l.company_id") : sql`true`];
  if (filter.search) {
    parts.push(sql`(l.actor_name ilike ${pattern} or l.action ilike ${pattern} or l.target_name ilike ${pattern}
      or l.address ilike ${pattern} or l.request_id = ${filter.search})`);
  }
  if (filter.area) {
    const begins = auditPrefixes(filter.area).map((prefix) => sql`starts_with(l.action, ${prefix})`);
    parts.push(sql`(${sql.join(begins, sql` or `)})`);
  }
  if (filter.outcome) parts.push(sql`l.outcome = ${filter.outcome}`);
  if (filter.companyId) parts.push(sql`l.company_id = ${filter.companyId}`);
  if (filter.from) parts.push(sql`l.at >= ${filter.from.toISOString()}`);
  if (filter.to) parts.push(sql`l.at < ${filter.to.toISOString()}`);
  return sql.join(parts, sql` and `);
}

/** Rows newest first, older than `before` (a sequence number) when given. */
export function listAuditRows(
  tx: Transaction,
  scope: CompanyScope | null,
  filter: AuditFilter,
  { before, limit }: { before: number | null; limit: number },
) {
  return tx.execute<AuditListRow>(sql`
    select l.seq, extract(epoch from l.at) * 1000 as at_ms, l.company_id, c.name as company_name, l.actor_user_id,
      l.actor_name, l.action, l.outcome, l.target_type, l.target_id, l.target_name, l.address, l.request_id,
      l.before, l.after, l.hash
    from audit_log l
    left join app_auth_companies c on c.id = l.company_id
    where ${conditions(scope, filter)} ${before === null ? sql`` : sql`and l.seq < ${before}`}
    order by l.seq desc
    limit ${limit}`);
}

/** How many rows the filter finds, counted up to `cap`. */
export async function countAuditRows(
  tx: Transaction,
  scope: CompanyScope | null,
  filter: AuditFilter,
  cap: number,
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count
    from (select from audit_log l where ${conditions(scope, filter)} limit ${cap}) found`);
  return row!.count;
}
