import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { companySql, type Companies } from "../../scope-sql";
import { epoch, equal } from "../column-sql";
import { containsPattern, findNamed } from "../events/match-names";
import { behindSql, keysetOrderSql, sortKeySql, type Keyset, type Placed } from "../fleet/keyset";
import { pgArray } from "../pg-array";
import { ALERT_SEVERITIES } from "@/lib/domain/detections/rule";
import type { AlertListRow, AlertSort } from "@/lib/domain/reports/alerts";

/** An alert without the names that are where its company's events are. */
type StoredAlert = Omit<AlertListRow, "account" | "otherAccount" | "computer" | "computers"> & {
  computerIds: number[];
};

const columnsSql = sql`n.company_id as "companyId", o.name as "companyName", n.id, n.rule, n.severity, n.state,
  n.account_id as "accountId", n.computer_id as "computerId", n.site_id as "siteId", n.address,
  n.computer_ids as "computerIds", cardinality(n.account_ids) as "accountCount", n.count, n.threshold,
  n.window_minutes as "windowMinutes", s.name as site, n.compared,
  ${epoch("n.first_at")} as "firstAt", ${epoch("n.last_at")} as "lastAt", n.codes,
  array_to_json(n.event_ids) as "eventIds", n.is_late as "isLate", ${epoch("n.created_at")} as "createdAt",
  (select u.username from app_auth_users u where u.id = n.assignee_user_id) as assignee`;

const joinsSql = sql`left join app_auth_companies o on o.id = n.company_id
  left join sites s on s.company_id = n.company_id and s.id = n.site_id`;

/** The alerts with names: computers that still have one, in the order of their names. */
async function withNames(
  tx: Transaction,
  scope: CompanyScope,
  alerts: readonly StoredAlert[],
): Promise<AlertListRow[]> {
  const read = async (table: "accounts" | "computers", ids: readonly unknown[]) => {
    const known = ids.filter((id) => typeof id === "number");
    const found = await findNamed(tx, scope, table, [...new Set(known)]);
    return new Map(found.map(({ companyId, id, name }) => [`${companyId}/${id}`, name]));
  };
  const [accounts, computers] = await Promise.all([
    read(
      "accounts",
      alerts.flatMap(({ accountId, compared }) => [accountId, compared.accountId]),
    ),
    read(
      "computers",
      alerts.flatMap(({ computerId, computerIds }) => [computerId, ...computerIds]),
    ),
  ]);
  return alerts.map(({ computerIds, ...alert }) => {
    const nameIn = (names: ReadonlyMap<string, string>, id: unknown) =>
      names.get(`${alert.companyId}/${String(id)}`) ?? null;
    return {
      ...alert,
      account: nameIn(accounts, alert.accountId),
      otherAccount: nameIn(accounts, alert.compared.accountId),
      computer: nameIn(computers, alert.computerId),
      computers: computerIds.flatMap((id) => nameIn(computers, id) ?? []).toSorted(),
    };
  });
}

export interface AlertMatch {
  rule?: string | undefined;
  severity?: string | undefined;
  state?: string | undefined;
  /** That the alert is about, or from which all its events came. */
  site?: number | undefined;
  account?: number | undefined;
  computer?: number | undefined;
  /** Folded like a name's key. */
  subject?: string | undefined;
  /** A username, in any case. */
  assignee?: string | undefined;
  /** Alerts that went on between the instants, epoch milliseconds; the end is not included. */
  range?: { from: number; to: number } | null;
}

/** Open ones by what the statement says: on Citus, a parameter finds no partial index. */
const stateSql = (state: AlertMatch["state"]): SQL =>
  state === "open" ? sql`and n.state = 'open'` : equal("n.state", state);

function rangeSql(range: AlertMatch["range"]): SQL {
  if (!range) return sql``;
  const [from, to] = [range.from, range.to].map((at) => new Date(at).toISOString());
  return sql`and n.last_at >= ${from} and n.first_at < ${to}`;
}

/** Names are looked for among those of the scope's alerts alone. */
function subjectSql(scope: Companies, subject: string | undefined): SQL {
  if (!subject) return sql``;
  const pattern = containsPattern(subject);
  const named = (table: "accounts" | "computers", column: "account_id" | "computer_id") => sql`
    (n.company_id, n.${sql.raw(column)}) in (select t.company_id, t.id from ${sql.raw(table)} t
      where ${companySql(scope, "t.company_id")} and t.name_key like ${pattern} and (t.company_id, t.id) in (
        select l.company_id, l.${sql.raw(column)} from alerts l where ${companySql(scope, "l.company_id")}))`;
  return sql`and (${named("accounts", "account_id")} or lower(n.address) like ${pattern}
    or n.subject_key like 'computer:%' and ${named("computers", "computer_id")}
    or n.subject_key like 'site:%' and lower(s.name) like ${pattern})`;
}

function assigneeSql(username: string | undefined): SQL {
  if (!username) return sql``;
  return sql`and n.assignee_user_id = any(select id from app_auth_users where lower(username) = lower(${username}))`;
}

function matchSql(scope: CompanyScope, match: AlertMatch): SQL {
  const { rule, severity, state, site, account, computer, subject, assignee, range } = match;
  return sql`${companySql(scope, "n.company_id")}
    ${equal("n.rule", rule)} ${equal("n.severity", severity)} ${stateSql(state)}
    ${equal("n.site_id", site)} ${equal("n.account_id", account)}
    ${computer === undefined ? sql`` : sql`and ${computer} = any(n.computer_ids)`}
    ${subjectSql(scope, subject)} ${assigneeSql(assignee)} ${rangeSql(range)}`;
}

/** How many alerts match, counted up to `most`. */
export async function countAlerts(
  tx: Transaction,
  scope: CompanyScope,
  match: AlertMatch,
  most: number,
): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (select 1 as one from alerts n ${joinsSql} where ${matchSql(scope, match)} limit ${most}) found`);
  return row!.count;
}

/** Not by id: where ids came to their end, later ones are lower. */
const SORT_KEYS: Readonly<Record<AlertSort, Pick<Keyset, "key" | "type">>> = {
  createdAt: { key: sql`n.created_at`, type: "instant" },
  lastAt: { key: sql`n.last_at`, type: "instant" },
  firstAt: { key: sql`n.first_at`, type: "instant" },
  severity: {
    key: sql`coalesce(array_position(${pgArray(ALERT_SEVERITIES)}::text[], n.severity::text), 0)`,
    type: "int4",
  },
  rule: { key: sql`n.rule`, type: "text" },
  count: { key: sql`n.count`, type: "int4" },
  company: { key: sql`lower(coalesce(o.name, ''))`, type: "text" },
};

export interface AlertOrder {
  by: AlertSort;
  isDescending: boolean;
  after: Keyset["after"];
}

/** From the start, the last found first. */
export const LAST_FOUND_FIRST: AlertOrder = { by: "createdAt", isDescending: true, after: null };

/** Where the alert of this id stands in the order in which they were found; the one before it where it's gone, null for none. */
export async function findFoundPlace(
  tx: Transaction,
  scope: CompanyScope,
  id: number,
): Promise<{ key: number; id: number } | null> {
  const [row] = await tx.execute<{ key: number; id: number }>(sql`
    select ${epoch("created_at")} as key, id from alerts where ${companySql(scope, "company_id")} and id <= ${id}
    order by id desc limit 1`);
  return row ?? null;
}

/** The scope's alerts behind `order.after`; equal ones stand the last found first in every order. */
export async function listAlerts(
  tx: Transaction,
  scope: CompanyScope,
  match: AlertMatch,
  order: AlertOrder,
  limit: number,
): Promise<Placed<AlertListRow>[]> {
  const keyset: Keyset = { ...SORT_KEYS[order.by], ...order, ties: "last-id-first" };
  const rows = await tx.execute<StoredAlert & { sortKey: string | number } & Record<string, unknown>>(sql`
    select ${columnsSql}, ${sortKeySql(keyset)} as "sortKey" from alerts n ${joinsSql}
    where ${matchSql(scope, match)} and ${behindSql(keyset, "n")}
    order by ${keysetOrderSql(keyset, "n")} limit ${limit}`);
  const placed = rows.map(({ sortKey, ...alert }) => ({ sortKey, alert }));
  const named = placed.map(({ alert }) => alert);
  return (await withNames(tx, scope, named)).map((row, n) => ({ row, sortKey: placed[n]!.sortKey }));
}

export async function findAlert(
  tx: Transaction,
  scope: CompanyWriteScope,
  id: number,
): Promise<AlertListRow | null> {
  const rows = await tx.execute<StoredAlert & Record<string, unknown>>(sql`
    select ${columnsSql} from alerts n ${joinsSql} where n.company_id = ${scope.companyId} and n.id = ${id}`);
  const [alert] = await withNames(tx, scope, rows);
  return alert ?? null;
}

/** The computers of an alert that still exist, by name. */
export async function listAlertComputers(
  tx: Transaction,
  scope: CompanyWriteScope,
  id: number,
): Promise<{ id: number; name: string }[]> {
  const [row] = await tx.execute<{ computerIds: number[] }>(sql`
    select computer_ids as "computerIds" from alerts where company_id = ${scope.companyId} and id = ${id}`);
  const computers = await findNamed(tx, scope, "computers", row?.computerIds ?? []);
  return computers
    .map((computer) => ({ id: computer.id, name: computer.name }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export interface HistoryRow extends Record<string, unknown> {
  id: number;
  at: number;
  /** A user or an API key, also one that no longer exists; null for such a user in rows of earlier releases. */
  user: string | null;
  state: string | null;
  /** Empty if unassigned; null if unchanged. */
  assignedTo: string | null;
  comment: string;
}

export async function listAlertHistory(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  alertId: number,
): Promise<HistoryRow[]> {
  const rows = await tx.execute<HistoryRow>(sql`
    select h.id, ${epoch("h.at")} as at, coalesce(u.username, h.actor_name) as user, h.state,
      h.assigned_to as "assignedTo", h.comment
    from alert_history h left join app_auth_users u on u.id = h.user_id
    where h.company_id = ${companyId} and h.alert_id = ${alertId} order by h.id`);
  return [...rows];
}

/**
 * How many alerts each rule of each company made a day, by the day's place among their `starts` (epoch milliseconds,
 * ascending); the last day has no end, and days without any are missing.
 */
export async function countAlertsByDay(
  tx: Transaction,
  scope: CompanyScope,
  starts: readonly number[],
): Promise<{ companyId: number; rule: string; day: number; count: number }[]> {
  const begins = starts.map((start) => new Date(start).toISOString());
  const rows = await tx.execute<{ companyId: number; rule: string; day: number; count: number }>(sql`
    select company_id as "companyId", rule, width_bucket(since_at, ${pgArray(begins)}::timestamptz[]) - 1 as day, count(*)::int as count
    from alerts where ${companySql(scope, "company_id")} and last_at >= ${begins[0]!} and since_at >= ${begins[0]!}
    group by 1, 2, 3 order by 1, 2, 3`);
  return [...rows];
}

/** How many events of each kind the company sent since the instant, by the code of the kind. */
export async function countKindsSince(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  since: Date,
): Promise<Map<number, number>> {
  const rows = await tx.execute<{ kind: number; count: number }>(sql`
    select kind, sum(count)::float8 as count from event_counts
    where company_id = ${companyId} and bucket_at >= ${since.toISOString()} group by kind`);
  return new Map(rows.map(({ kind, count }) => [kind, count]));
}
