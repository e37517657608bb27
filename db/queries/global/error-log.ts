import { sql, type SQL } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { likePattern } from "../like";
import { pgArray } from "../pg-array";

export interface ErrorFilter {
  /** Looked for in message, source, path, address and request id. */
  search: string;
  levels: readonly string[];
  /** Half-open range of instants. */
  from: Date | null;
  to: Date | null;
}

export interface ErrorListRow extends Record<string, unknown> {
  id: number;
  level: string;
  logger_name: string | null;
  message: string;
  /** Epoch milliseconds: the first of them and the last. */
  first_ms: number;
  last_ms: number;
  count: number;
  pathname: string | null;
  lineno: number | null;
  request_id: string | null;
  username: string | null;
  user_id: number | null;
  company_name: string | null;
  remote_addr: string | null;
  exception: string | null;
}

function conditions(filter: ErrorFilter): SQL {
  const pattern = likePattern(filter.search);
  const parts = [sql`true`];
  if (filter.search) {
    parts.push(sql`(e.message ilike ${pattern} or e.logger_name ilike ${pattern} or e.pathname ilike ${pattern}
      or e.remote_addr ilike ${pattern} or e.request_id = ${filter.search})`);
  }
  if (filter.levels.length > 0) parts.push(sql`upper(e.level) = any(${pgArray(filter.levels)}::text[])`);
  if (filter.from) parts.push(sql`e.timestamp >= ${filter.from.toISOString()}`);
  if (filter.to) parts.push(sql`e.timestamp < ${filter.to.toISOString()}`);
  return sql.join(parts, sql` and `);
}

/** Stored errors by when each was first seen, newest first, ties by id. Unscoped: only GlobalAdmins read them. */
export async function listErrors(
  filter: ErrorFilter,
  { before, limit }: { before: { at: number; id: number } | null; limit: number },
): Promise<ErrorListRow[]> {
  const rows = await database().execute<ErrorListRow>(sql`
    select e.id, e.level, e.logger_name, e.message, extract(epoch from e.timestamp) * 1000 as first_ms,
      extract(epoch from e.last_at) * 1000 as last_ms, e.count, e.pathname, e.lineno, e.request_id, u.username,
      e.user_id, c.name as company_name, e.remote_addr, e.exception
    from api_error_logs e
    left join app_auth_users u on u.id = e.user_id
    left join app_auth_companies c on c.id = e.company_id
    where ${conditions(filter)}
      ${before ? sql`and (e.timestamp, e.id) < (${new Date(before.at).toISOString()}::timestamptz, ${before.id})` : sql``}
    order by e.timestamp desc, e.id desc
    limit ${limit}`);
  return [...rows];
}

export async function countErrors(filter: ErrorFilter, cap: number): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from (select from api_error_logs e where ${conditions(filter)} limit ${cap}) found`);
  return row!.count;
}

/** Deletes errors last seen before the instant and gives how many rows there were. */
export async function deleteErrorsBefore(tx: Transaction, before: Date): Promise<number> {
  const [row] = await tx.execute<{ deleted: number }>(sql`
    with gone as (delete from api_error_logs where last_at < ${before.toISOString()} returning 1)
    select count(*)::int as deleted from gone`);
  return row!.deleted;
}
