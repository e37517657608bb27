import { sql, type SQL } from "drizzle-orm";
import { sameCompanySql } from "../../scope-sql";
import { pgArray } from "../pg-array";
import type { Effort } from "./effort";
import { failedSql, type FailedMatch } from "./failed-sql";

/** A row of a small per-company table: site, account or computer. */
export interface Reference {
  companyId: number;
  id: number;
}

/** The accounts and computers whose name contains the searched text; null where they are too many to list. */
export interface NameMatch {
  /** The text between per cent signs, special characters escaped, in the form of `name_key`. */
  pattern: string;
  accounts: readonly Reference[] | null;
  computers: readonly Reference[] | null;
}

/** Which events a list is of: all given conditions hold. Instants are epoch milliseconds. */
export interface EventMatch {
  companyIds: readonly number[];
  from: number;
  /** Not included; null is without end. */
  to: number | null;
  /** Kind codes; null is any. */
  kinds: readonly number[] | null;
  sites: readonly Reference[] | null;
  account: readonly Reference[] | null;
  computer: readonly Reference[] | null;
  /** Events of one of these accounts or on one of these computers. */
  names: NameMatch | null;
  /** Given, the kinds are of failures alone. Never leads to events, only holds back those found. */
  failed: FailedMatch | null;
  /** Whether the computer's clock was ahead; null is either. Never leads to events, only holds back those found. */
  isClockSkewed: boolean | null;
  effort: Effort;
}

export const DIMENSIONS = ["kinds", "sites", "account", "computer", "names"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Any event, to be narrowed by one condition again. */
export const NO_CONDITIONS = {
  kinds: null,
  sites: null,
  account: null,
  computer: null,
  names: null,
  failed: null,
  isClockSkewed: null,
} as const;

/** The conditions in use besides company and time. */
export function dimensionsOf(match: EventMatch): Dimension[] {
  return DIMENSIONS.filter((dimension) => match[dimension] !== null);
}

/** Whether the rollup knows where the match's events lie: kinds at sites and nothing else. */
export function isKindsAtSites(match: EventMatch): boolean {
  return (
    match.failed === null && match.isClockSkewed === null && dimensionsOf(match).join() === "kinds,sites"
  );
}

export function instantSql(at: number): SQL {
  return sql`${new Date(at).toISOString()}::timestamptz`;
}

/** The time range of event `e`. */
export function rangeSql({ from, to }: Pick<EventMatch, "from" | "to">): SQL {
  const begun = sql`e.occurred_at >= ${instantSql(from)}`;
  return to === null ? begun : sql`${begun} and e.occurred_at < ${instantSql(to)}`;
}

/** The conditions of event `e` but those that an index settles already, each with a leading `and`. */
export function residualSql(match: EventMatch, settled: readonly Dimension[]): SQL {
  const conditions = dimensionsOf(match)
    .filter((dimension) => !settled.includes(dimension))
    .map((dimension) => sql` and ${conditionSql(match, dimension)}`);
  if (match.failed) conditions.push(failedSql(match.failed));
  if (match.isClockSkewed !== null) conditions.push(sql` and e.is_clock_skewed = ${match.isClockSkewed}`);
  return sql.join(conditions, sql``);
}

function conditionSql(match: EventMatch, dimension: Dimension): SQL {
  switch (dimension) {
    case "kinds":
      return sql`e.kind = any(${pgArray(match.kinds!)}::smallint[])`;
    case "sites":
      return isOneOfSql("e", "site_id", match.sites!);
    case "account":
      return isOneOfSql("e", "account_id", match.account!);
    case "computer":
      return isOneOfSql("e", "computer_id", match.computer!);
    case "names":
      return sql`(${nameSql(match, "account")} or ${nameSql(match, "computer")})`;
  }
}

/**
 * Whether event `e` is of an account (or on a computer) that the search found.
 *
 * Too many to list, the name is looked up event by event: a subquery as a set would make the planner free to
 * begin with it and sort a month of events.
 */
export function nameSql(match: EventMatch, who: "account" | "computer"): SQL {
  const names = match.names!;
  const found = who === "account" ? names.accounts : names.computers;
  if (found) return isOneOfSql("e", `${who}_id`, found);
  const table = sql.raw(who === "account" ? "accounts" : "computers");
  const id = sql.raw(`e.${who}_id`);
  return sql`(select n.name_key from ${table} n
    where ${sameCompanySql(match, "n.company_id", "e.company_id")} and n.id = ${id}) like ${names.pattern}`;
}

/** Company and id in one number, as an array of constants is searched by hash and pairs are not. */
export function isOneOfSql(alias: string, column: string, references: readonly Reference[]): SQL {
  const keys = references.map(({ companyId, id }) => String((BigInt(companyId) << 32n) | BigInt(id)));
  return sql`(${sql.raw(`${alias}.company_id::bigint << 32 | ${alias}.${column}`)}) = any(${pgArray(keys)}::bigint[])`;
}
