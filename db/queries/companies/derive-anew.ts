import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { localIpSql, publicIpSql } from "../events/address-sql";
import { refreshPresence } from "../events/refresh-derived";
import { pgArray } from "../pg-array";
import type { ParentTable } from "../retention/delete-events";

/** Which rows may tell of deleted events: those of before the instant, behind an id, up to a number of them. */
export interface DerivedBatch {
  before: Date;
  afterId: number;
  limit: number;
}

/**
 * Derives presence on some computers anew from the events that are left, where it began before the instant. Gives the ids
 * of the computers.
 *
 * The rows are held first, in the order in which ingest takes them, so that an event that is stored in this moment is
 * either read here or told afterwards.
 */
export async function derivePresenceAnew(
  tx: Transaction,
  scope: CompanyWriteScope,
  { before, afterId, limit }: DerivedBatch,
): Promise<number[]> {
  const { companyId } = scope;
  const isOld = sql`first_at < ${before.toISOString()}`;
  const rows = await tx.execute<{ id: number }>(sql`
    select distinct computer_id as id from presence
    where company_id = ${companyId} and computer_id > ${afterId} and ${isOld} order by 1 limit ${limit}`);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  const onThem = sql`computer_id = any(${pgArray(ids)}::int[])`;
  await tx.execute(sql`
    select 1 from presence where company_id = ${companyId} and ${onThem} order by computer_id, account_id for update`);
  await tx.execute(sql`delete from presence where company_id = ${companyId} and ${onThem} and ${isOld}`);
  await refreshPresence(tx, scope, ids);
  return ids;
}

/**
 * Derives anew when some accounts or computers were first and last seen, and what computers told last, from the events
 * that are left and the computers' health checks. Those without either stay as they are. Gives the ids.
 */
export async function deriveNamesAnew(
  tx: Transaction,
  scope: CompanyWriteScope,
  table: ParentTable,
  { before, afterId, limit }: DerivedBatch,
): Promise<number[]> {
  const { companyId } = scope;
  // Held in the order in which servers write them.
  const order = table === "accounts" ? sql`id` : sql`name_key`;
  const rows = await tx.execute<{ id: number }>(sql`
    select id from ${sql.identifier(table)} where company_id = ${companyId} and id = any(array(
      select id from ${sql.identifier(table)}
      where company_id = ${companyId} and id > ${afterId} and first_seen_at < ${before.toISOString()}
      order by id limit ${limit}))
    order by ${order} for update`);
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  if (ids.length === 0) return ids;
  await (table === "accounts" ? deriveAccounts : deriveComputers)(tx, scope, { before, ids });
  return ids;
}

interface Chosen {
  before: Date;
  ids: readonly number[];
}

const seenIn = (companyId: number, column: "account_id" | "computer_id") => {
  const end = (which: "min" | "max") => sql`(
        select ${sql.raw(which)}(e.occurred_at) from events e
        where e.company_id = ${companyId} and e.${sql.raw(column)} = p.id)`;
  return sql`${end("min")} as first_at, ${end("max")} as last_at`;
};

async function deriveAccounts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { before, ids }: Chosen,
): Promise<void> {
  await tx.execute(sql`
    update accounts a set first_seen_at = seen.first_at,
      last_seen_at = case when a.last_seen_at < ${before.toISOString()} then seen.last_at else a.last_seen_at end
    from (
      select p.id, ${seenIn(companyId, "account_id")} from accounts p
      where p.company_id = ${companyId} and p.id = any(${pgArray(ids)}::int[])
    ) seen
    where a.company_id = ${companyId} and a.id = seen.id and seen.first_at is not null`);
}

/** What computers tell, and since when they are what was told last. */
const TOLD = [
  { column: "last_local_ip", at: "local_ip_at", value: localIpSql },
  { column: "last_public_ip", at: "public_ip_at", value: publicIpSql },
  { column: "agent_version", at: "agent_version_at", value: sql`e.agent_version` },
] as const satisfies readonly { column: string; at: string; value: SQL }[];

async function deriveComputers(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { before, ids }: Chosen,
): Promise<void> {
  const isOld = (column: string) => sql`${sql.raw(column)} < ${before.toISOString()}`;
  const newest = (value: SQL, name: string, condition: SQL) => sql`left join lateral (
        select ${value} as value, e.occurred_at as at from events e
        where e.company_id = ${companyId} and e.computer_id = p.id and ${value} is not null and ${condition}
        order by e.occurred_at desc, e.id desc limit 1
      ) ${sql.raw(name)} on true`;
  // What a health check told last is no event's.
  const isGone = (table: string, at: string) =>
    sql`${isOld(`${table}.${at}`)} and ${sql.raw(`${table}.${at} is distinct from ${table}.last_health_at`)}`;
  const joins = TOLD.map(({ at, value }) => newest(value, `by_${at}`, isGone("p", at)));
  const found = TOLD.map(({ at }) => sql.raw(`by_${at}.value as ${at}_value, by_${at}.at as ${at}`));
  const told = TOLD.map(
    ({ column, at }) => sql`
      ${sql.raw(column)} = case when ${isGone("c", at)} then ${sql.raw(`d.${at}_value else c.${column} end`)},
      ${sql.raw(at)} = case when ${isGone("c", at)} then ${sql.raw(`d.${at} else c.${at} end`)}`,
  );
  await tx.execute(sql`
    update computers c set first_seen_at = least(d.first_at, c.last_health_at),
      last_seen_at = case when ${isOld("c.last_seen_at")} then greatest(d.last_at, c.last_health_at) else c.last_seen_at end,
      site_id = case when ${isOld("c.last_seen_at")} and greatest(d.last_at, c.last_health_at) = d.last_at then d.site_id
        else c.site_id end, ${sql.join(told, sql`, `)}
    from (
      select p.id, ${seenIn(companyId, "computer_id")}, by_last.value as site_id, ${sql.join(found, sql`, `)}
      from computers p ${newest(sql`e.site_id`, "by_last", sql`true`)} ${sql.join(joins, sql` `)}
      where p.company_id = ${companyId} and p.id = any(${pgArray(ids)}::int[])
    ) d
    where c.company_id = ${companyId} and c.id = d.id and num_nonnulls(d.first_at, c.last_health_at) > 0`);
}
