import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { kindSql } from "../kind-sql";
import { pgArray } from "../pg-array";
import { followedColumns, type FollowedEvent } from "./follow-events";
import { NOBODYS_TYPES } from "@/lib/domain/detections/persons";
import { START_KINDS, type EventKind } from "@/lib/domain/events/kinds";

const LOGON_KINDS = new Set<EventKind>(["logon", "remote_connect"]);

/**
 * Opens the company's events of these kinds that happened since the instant, in the order stored. Once a transaction;
 * {@link fetchPastEvents} reads on.
 */
export async function openPastEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  since: Date,
  kinds: ReadonlySet<EventKind>,
): Promise<void> {
  // PostgreSQL takes no parameters for a cursor.
  const [company, from] = [sql.raw(String(companyId)), sql.raw(`'${since.toISOString()}'`)];
  await tx.execute(sql`
    declare past_events no scroll cursor for select ${followedColumns} from events e
    where e.company_id = ${company} and e.occurred_at >= ${from} and ${kindSql("e.kind", kinds)} order by e.id`);
}

/** The next batch; empty at the end. */
export async function fetchPastEvents(tx: Transaction, limit: number): Promise<FollowedEvent[]> {
  return [...(await tx.execute<FollowedEvent>(sql.raw(`fetch ${Math.trunc(limit)} from past_events`)))];
}

export interface EarlierUse extends Record<string, unknown> {
  accountId: number;
  /** When it last began a session before the instant, epoch milliseconds. */
  lastAt: number;
  /** When a person first began one; null for none. */
  firstAt: number | null;
  /** Logons and remote connects of people, counted up to `most`. */
  logons: number;
}

/** How accounts were used before the instant, as far as habits ask; those that were not are missing. */
export async function listEarlierUse(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  before: Date,
  most: number,
): Promise<EarlierUse[]> {
  const at = before.toISOString();
  const own = (kinds: ReadonlySet<EventKind>) => sql`
    e.company_id = ${companyId} and e.account_id = a.id and e.occurred_at < ${at} and ${kindSql("e.kind", kinds)}`;
  const isPersons = sql`(e.logon_type is null or e.logon_type <> all(${pgArray([...NOBODYS_TYPES])}::int[]))`;
  const rows = await tx.execute<EarlierUse>(sql`
    select a.id as "accountId", (extract(epoch from last.at) * 1000)::float8 as "lastAt",
      (select (extract(epoch from e.occurred_at) * 1000)::float8 from events e
        where ${own(START_KINDS)} and ${isPersons} order by e.occurred_at limit 1) as "firstAt",
      (select count(*)::int from (select 1 as one from events e
        where ${own(LOGON_KINDS)} and ${isPersons} order by e.occurred_at limit ${most}) counted) as logons
    from accounts a cross join lateral (
      select e.occurred_at as at from events e where ${own(START_KINDS)} order by e.occurred_at desc limit 1) last
    where a.company_id = ${companyId} and a.first_seen_at < ${at}`);
  return [...rows];
}
