import { sql, type SQL } from "drizzle-orm";
import { companySql, sameCompanySql } from "../../scope-sql";
import type { Transaction } from "../../client";
import { cellsSql } from "./cells";
import { countEvents } from "./count-events";
import {
  dimensionsOf,
  instantSql,
  isOneOfSql,
  nameSql,
  NO_CONDITIONS,
  rangeSql,
  residualSql,
  type Dimension,
  type EventMatch,
  type Reference,
} from "./event-match";
import type { EventReader } from "./event-rows";
import { narrowestStrands } from "./narrowest-strands";
import { referencesSql } from "./references-sql";
import {
  beyondSql,
  companyStrands,
  countInStrands,
  inStrandSql,
  strandsOf,
  timeOrderSql,
  type StrandSet,
  type TimeWalk,
} from "./strands";

export type GroupColumn = "account_id" | "computer_id" | "site_id" | "kind";

/** A small number of groups: sites or kinds, already in the order of the list. */
export type RankedGroups = readonly Reference[];

export interface GroupWalk {
  column: GroupColumn;
  /** For sites and kinds; accounts and computers are ordered by name in the database. */
  ranked?: RankedGroups;
  isDescending: boolean;
  /** Towards the beginning of the list; rows come in that order then. */
  isBackward: boolean;
  /** Where to go on, not included; null from the beginning. */
  from: { companyId: number; groupId: number; at: number; id: number } | null;
}

/** A group's place: equal names of different companies are in the order of the companies. */
interface GroupPlace {
  label: string | number;
  companyId: number;
}

/**
 * The first `limit` matching events by account, computer, site or kind, within each the newest first.
 *
 * Few events are gathered and sorted; of many the groups are walked in their order until the page is full.
 * Null when the place to go on from is of a group that is not there.
 */
export async function listByGroup<Page extends { length: number }>(
  tx: Transaction,
  match: EventMatch,
  walk: GroupWalk,
  limit: number,
  read: EventReader<Page>,
): Promise<Page | null> {
  const place = walk.from && (await findPlace(tx, match, walk));
  if (walk.from && !place) return null;
  const few = await findFewEvents(tx, match, limit);
  const query = few ? sortedSql(match, walk, place, few, limit) : walkedSql(match, walk, place, limit);
  const order = sql`${groupOrderSql("e", walk)}, ${timeOrderSql("e", !walk.isBackward)}`;
  return read(tx, query, { scope: match, order, limit });
}

async function findPlace(
  tx: Transaction,
  match: EventMatch,
  { column, ranked, from }: GroupWalk,
): Promise<GroupPlace | null> {
  const { companyId, groupId } = from!;
  if (ranked) {
    const rank = ranked.findIndex((group) => group.companyId === companyId && group.id === groupId);
    return rank < 0 ? null : { label: rank, companyId };
  }
  const table = sql.raw(column === "account_id" ? "accounts" : "computers");
  const [row] = await tx.execute<{ label: string }>(sql`
    select n.name_key as label from ${table} n
    where n.company_id = ${companyId} and ${companySql(match, "n.company_id")} and n.id = ${groupId}`);
  return row ? { label: row.label, companyId } : null;
}

/**
 * A query for all matching events when sorting them costs less than walking the groups, else null.
 *
 * Sorting costs by the event found, walking by the events looked at until a page is full; the two meet at about the
 * square root of both. Kinds at sites must be fewer, as every one of them may cost a quarter of an hour's events.
 */
async function findFewEvents(tx: Transaction, match: EventMatch, limit: number): Promise<SQL | null> {
  const { narrowRows } = match.effort;
  const few = Math.min(narrowRows, Math.ceil(narrowRows * 0.03 * Math.sqrt(limit)));
  const dimensions = dimensionsOf(match);
  const [only, ...others] = dimensions;
  const way =
    only === undefined
      ? [companyStrands(match)]
      : others.length === 0
        ? strandsOf(match, only)
        : await narrowestStrands(tx, match);
  if (way === "cells") {
    const fewCells = Math.ceil(narrowRows / 25);
    return (await countEvents(tx, match, fewCells)) < fewCells ? cellsSql(match, null) : null;
  }
  const count = await countInStrands(tx, lettingThrough(match, way), way, few);
  return count < few ? gatheredSql(match, way) : null;
}

/** The match without the conditions that would be looked at event by event: what the way costs, not what it finds. */
function lettingThrough(match: EventMatch, [first]: readonly StrandSet[]): EventMatch {
  const settled = Object.fromEntries(first!.settled.map((dimension) => [dimension, match[dimension]]));
  return { ...match, ...NO_CONDITIONS, ...settled };
}

function gatheredSql(match: EventMatch, sets: readonly StrandSet[]): SQL {
  const runs = sets.map((strands, index) => {
    const isOverlap = index > 0 && match.names !== null;
    const apart = isOverlap ? sql` and not ${nameSql(match, "account")}` : sql``;
    return sql`select e.* from ${strands.source} cross join lateral (
      select e.* from events e where ${inStrandSql(match, strands)}${apart} offset 0) e`;
  });
  return sql.join(runs, sql` union all `);
}

/** The groups as a relation with company_id, key and label. */
function groupsSql(match: EventMatch, { column, ranked }: GroupWalk): SQL {
  if (ranked) return sql`(select s.company_id, s.key, s.label from ${referencesSql(match, ranked)})`;
  const isAccount = column === "account_id";
  const table = sql.raw(isAccount ? "accounts" : "computers");
  const chosen = isAccount
    ? (match.account ?? onlyNames(match, "accounts"))
    : (match.computer ?? onlyNames(match, "computers"));
  const restriction = chosen ? sql` and ${isOneOfSql("n", "id", chosen)}` : sql``;
  return sql`(select n.company_id, n.id as key, n.name_key as label from ${table} n
    where ${companySql(match, "n.company_id")}${restriction})`;
}

/** The searched names when all events found are theirs, as the text is in no name of the other table. */
function onlyNames({ names }: EventMatch, table: "accounts" | "computers"): readonly Reference[] | null {
  const other = table === "accounts" ? names?.computers : names?.accounts;
  return other?.length === 0 ? (names?.[table] ?? null) : null;
}

function isAscending({ isDescending, isBackward }: GroupWalk): boolean {
  return isDescending === isBackward;
}

function groupOrderSql(alias: string, walk: GroupWalk): SQL {
  const direction = isAscending(walk) ? "asc" : "desc";
  return sql.raw(`${alias}.label ${direction}, ${alias}.company_id ${direction}`);
}

function timeWalkOf({ isBackward, from }: GroupWalk): TimeWalk {
  return { isDescending: !isBackward, from };
}

function sortedSql(
  match: EventMatch,
  walk: GroupWalk,
  place: GroupPlace | null,
  events: SQL,
  limit: number,
): SQL {
  const column = sql.raw(`e.${walk.column}`);
  const beyond = place
    ? sql` where ${atOrBeyondSql(walk, place)} and (${elsewhereSql(place)} or (true${beyondSql(timeWalkOf(walk))}))`
    : sql``;
  // Joined before it is sorted: a plan that walks the names in order compares every name with every event.
  return sql`select e.* from (
      select g.label, e.* from (${events}) e
      join ${groupsSql(match, walk)} g on g.company_id = e.company_id and g.key = ${column}${beyond} offset 0
    ) e order by ${groupOrderSql("e", walk)}, ${timeOrderSql("e", !walk.isBackward)} limit ${limit}`;
}

function walkedSql(match: EventMatch, walk: GroupWalk, place: GroupPlace | null, limit: number): SQL {
  const column = sql.raw(`e.${walk.column}`);
  const begin = place ? sql` where ${atOrBeyondSql(walk, place)}` : sql``;
  const time = timeOrderSql("e", !walk.isBackward);
  return sql`select g.label, e.* from (
      select g.company_id, g.key, g.label from ${groupsSql(match, walk)} g${begin} order by ${groupOrderSql("g", walk)}
    ) g cross join lateral (
      select e.* from events e where ${sameCompanySql(match, "e.company_id", "g.company_id")} and ${column} = g.key
        and ${rangeSql(match)}${residualSql(match, settledBy(match, walk))}${place ? beyondWithinSql(walk, place) : sql``}
      order by ${time} limit ${limit}
    ) e order by ${groupOrderSql("g", walk)}, ${time} limit ${limit}`;
}

/** Conditions that the choice of groups has taken care of. */
function settledBy(match: EventMatch, { column }: GroupWalk): Dimension[] {
  if (column === "site_id") return ["sites"];
  if (column === "kind") return ["kinds"];
  if (column === "account_id")
    return onlyNames(match, "accounts") && !match.account ? ["account", "names"] : ["account"];
  return onlyNames(match, "computers") && !match.computer ? ["computer", "names"] : ["computer"];
}

/** Group `g` is the place's or lies beyond it. */
function atOrBeyondSql(walk: GroupWalk, { label, companyId }: GroupPlace): SQL {
  return isAscending(walk)
    ? sql`g.label >= ${label} and (g.label > ${label} or g.company_id >= ${companyId})`
    : sql`g.label <= ${label} and (g.label < ${label} or g.company_id <= ${companyId})`;
}

function elsewhereSql({ label, companyId }: GroupPlace): SQL {
  return sql`g.label <> ${label} or g.company_id <> ${companyId}`;
}

/** Beyond the place within its group, anything in others; with a leading `and`. The first part bounds the index. */
function beyondWithinSql(walk: GroupWalk, place: GroupPlace): SQL {
  const { at } = walk.from!;
  const elsewhere = elsewhereSql(place);
  const bound = walk.isBackward
    ? sql`e.occurred_at >= case when ${elsewhere} then '-infinity' else ${instantSql(at)} end`
    : sql`e.occurred_at <= case when ${elsewhere} then 'infinity' else ${instantSql(at)} end`;
  return sql` and ${bound} and (${elsewhere} or (true${beyondSql(timeWalkOf(walk))}))`;
}
