import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { instantSql } from "../events/event-match";
import { eventColumns, nameJoinsSql, toEventRow, type StoredEventRow } from "../events/event-rows";
import { isAccountSql, kindSql } from "../kind-sql";
import {
  ACTING_KINDS,
  COMPUTER_KINDS,
  COMPUTER_PAUSE_KINDS,
  DECIDING_KINDS,
  PAUSE_KINDS,
  POWER_KINDS,
  START_KINDS,
  type EventKind,
} from "@/lib/domain/events/kinds";
import { pgArray } from "../pg-array";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { OpenSeat } from "@/lib/domain/presence/who-was-on";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";

/** Instants in epoch milliseconds, `until` not included. */
export interface EventWindow {
  from: number;
  until: number;
}

interface ActingRow extends Record<string, unknown> {
  id: string;
  account_id: number;
  computer_id: number;
  kind: number;
  ms: string;
}

// The index events_computer contains all of it, so that no row is read.
const actingColumns = sql`e.id, e.account_id, e.computer_id, e.kind, extract(epoch from e.occurred_at) * 1000 as ms`;

function toEvent(row: ActingRow): TimeSpentEvent {
  return {
    accountId: row.account_id,
    computerId: row.computer_id,
    kindCode: row.kind,
    at: Number(row.ms),
    order: Number(row.id),
  };
}

function within({ from, until }: EventWindow): SQL {
  return sql`e.occurred_at >= ${instantSql(from)} and e.occurred_at < ${instantSql(until)}`;
}

/** Whose presence is asked about. */
export interface SeatsAsked {
  /** Null for every account. */
  accountId: number | null;
  /** Null for every computer. */
  computerId: number | null;
  /** Only seats on which something began or ended after this instant (epoch milliseconds), the computer's sleep included. */
  since?: number;
}

/**
 * What decides whether the accounts were on the computers at the moment: of each account that has used one the last
 * start or end up to then and the first pause since, and the computer's first sleep since. What a shutdown or startup
 * came after is left out, as it was over then; this also bounds how far back an account's own events are passed by.
 *
 * Presence knows how far back the start is to be looked for in the index of the account's events; what befell a computer
 * has an index of its own.
 */
export async function listDecidingEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  asked: SeatsAsked,
  at: number,
): Promise<TimeSpentEvent[]> {
  const { accountId, computerId, since } = asked;
  const upTo = sql`e.occurred_at <= ${instantSql(at)}`;
  const afterStart = sql`(e.occurred_at, e.id) > (started.occurred_at, started.id)`;
  const columns = sql`e.id, e.account_id, e.computer_id, e.kind, e.occurred_at`;
  const rows = await tx.execute<ActingRow>(sql`
    select e.id, e.account_id, e.computer_id, e.kind, extract(epoch from e.occurred_at) * 1000 as ms
    from presence p
    left join lateral (
      select e.occurred_at, e.id from events e
      where ${ofComputerSql(companyId)} and ${kindSql("e.kind", POWER_KINDS)} and ${upTo}
      order by e.occurred_at desc, e.id desc limit 1
    ) ended on true
    cross join lateral (
      select ${columns} from events e
      where ${ofSeatSql(companyId)} and ${kindSql("e.kind", DECIDING_KINDS)} and ${upTo}
        and e.occurred_at >= greatest(ended.occurred_at, case when greatest(p.start_at, p.end_at) <= ${instantSql(at)}
          then greatest(p.start_at, p.end_at) else p.first_at end)
        and (ended.id is null or (e.occurred_at, e.id) > (ended.occurred_at, ended.id))
      order by e.occurred_at desc, e.id desc limit 1
    ) started
    cross join lateral (
      select started.*
      union all (select ${columns} from events e
        where ${ofSeatSql(companyId)} and ${kindSql("e.kind", PAUSE_KINDS)} and ${afterStart} and ${upTo}
        order by e.occurred_at, e.id limit 1)
      union all (select ${columns} from events e
        where ${ofComputerSql(companyId)} and ${kindSql("e.kind", COMPUTER_PAUSE_KINDS)} and ${afterStart} and ${upTo}
        order by e.occurred_at, e.id limit 1)
    ) e
    where p.company_id = ${companyId} and ${isAccountSql("p.account_id")} and ${kindSql("started.kind", START_KINDS)}
      ${accountId === null ? sql`` : sql`and p.account_id = ${accountId}`}
      ${computerId === null ? sql`` : sql`and p.computer_id = ${computerId}`}
      ${since === undefined ? sql`` : sql`and ${isTouchedSql(companyId, since, upTo)}`}
      and p.first_at <= ${instantSql(at)}`);
  // Power events are returned once for each account.
  return [...new Map(rows.map((row) => [row.id, toEvent(row)])).values()];
}

// Adding 0 keeps the planner off a shared computer's index, where it would pass by everybody else's events.
const ofSeatSql = (companyId: number) =>
  sql`e.company_id = ${companyId} and e.account_id = p.account_id and e.computer_id + 0 = p.computer_id`;

const ofComputerSql = (companyId: number) =>
  sql`e.company_id = ${companyId} and e.computer_id = p.computer_id and ${kindSql("e.kind", COMPUTER_KINDS)}`;

/** Whether the account of `p` did anything on its computer after the instant, or the computer slept. */
function isTouchedSql(companyId: number, since: number, upTo: SQL): SQL {
  const after = sql`e.occurred_at > ${instantSql(since)} and ${upTo}`;
  return sql`(p.at > ${instantSql(since)} and exists (select 1 from events e
      where ${ofSeatSql(companyId)} and ${kindSql("e.kind", ACTING_KINDS)} and ${after})
    or exists (select 1 from events e
      where ${ofComputerSql(companyId)} and ${kindSql("e.kind", COMPUTER_PAUSE_KINDS)} and ${after}))`;
}

/** The first event of each open seat's own that ends what is open. */
export async function listNextOwnEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  seats: readonly OpenSeat[],
  window: EventWindow,
): Promise<TimeSpentEvent[]> {
  if (seats.length === 0) return [];
  // Adding 0 keeps the planner off a shared computer's index, where it would pass by everybody else's events.
  const rows = await tx.execute<ActingRow>(sql`
    select e.* from unnest(${pgArray(seats.map(({ accountId }) => accountId))}::int[],
      ${pgArray(seats.map(({ computerId }) => computerId))}::int[],
      ${pgArray(seats.map(({ isPaused }) => String(isPaused)))}::boolean[]) as seat (account_id, computer_id, is_paused)
    left join lateral (
      select ${actingColumns}, e.occurred_at from events e
      where e.company_id = ${companyId} and e.account_id = seat.account_id and e.computer_id + 0 = seat.computer_id
        and ${within(window)} and ${kindSql("e.kind", DECIDING_KINDS)}
      order by e.occurred_at, e.id limit 1
    ) decided on true
    cross join lateral (
      select decided.id, decided.account_id, decided.computer_id, decided.kind, decided.ms where decided.id is not null
      union all (
        select ${actingColumns} from events e
        where not seat.is_paused and e.company_id = ${companyId} and e.account_id = seat.account_id
          and e.computer_id + 0 = seat.computer_id and ${within(window)} and ${kindSql("e.kind", PAUSE_KINDS)}
          and e.occurred_at <= coalesce(decided.occurred_at, 'infinity')
        order by e.occurred_at, e.id limit 1)
    ) e`);
  return rows.map(toEvent);
}

/** Each computer's first sleep, and its first shutdown or startup. */
export async function listNextComputerEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  computerIds: readonly number[],
  window: EventWindow,
): Promise<TimeSpentEvent[]> {
  if (computerIds.length === 0) return [];
  const first = (kinds: ReadonlySet<EventKind>) => sql`(
      select ${actingColumns} from events e
      where e.company_id = ${companyId} and e.computer_id = asked.id and ${within(window)}
        and ${kindSql("e.kind", COMPUTER_KINDS)} and ${kindSql("e.kind", kinds)}
      order by e.occurred_at, e.id limit 1)`;
  const rows = await tx.execute<ActingRow>(sql`
    select e.* from unnest(${pgArray(computerIds)}::int[]) as asked (id)
    cross join lateral (${first(COMPUTER_PAUSE_KINDS)} union all ${first(POWER_KINDS)}) e`);
  return rows.map(toEvent);
}

/** The events with all that the list shows of them, in no order; ids alone have no index. */
export async function readEventRows(
  tx: Transaction,
  scope: CompanyWriteScope,
  events: readonly Pick<TimeSpentEvent, "computerId" | "at" | "order">[],
): Promise<EventRow[]> {
  if (events.length === 0) return [];
  const rows = await tx.execute<StoredEventRow>(sql`
    select ${eventColumns}
    from unnest(${pgArray(events.map(({ computerId }) => computerId))}::int[],
      ${pgArray(events.map(({ at }) => new Date(at).toISOString()))}::text[]::timestamptz[],
      ${pgArray(events.map(({ order }) => order))}::bigint[]) as asked (computer_id, at, id)
    cross join lateral (
      select * from events e
      where e.company_id = ${scope.companyId} and e.computer_id = asked.computer_id and e.occurred_at = asked.at and e.id = asked.id
    ) e ${nameJoinsSql(scope)}`);
  return rows.map(toEventRow);
}

/** The last event that acted on the account or computer before the moment, and the first after it. */
export async function findNeighbours(
  tx: Transaction,
  scope: CompanyWriteScope,
  { accountId, computerId }: { accountId: number | null; computerId: number | null },
  at: number,
  { from, until }: EventWindow,
): Promise<{ before: EventRow | null; after: EventRow | null }> {
  const whose = [
    ...(accountId === null ? [] : [sql`e.account_id = ${accountId}`]),
    ...(computerId === null ? [] : [sql`e.computer_id = ${computerId}`]),
  ];
  const nearest = async (window: EventWindow, direction: "asc" | "desc") => {
    const order = sql.raw(`order by e.occurred_at ${direction}, e.id ${direction}`);
    const [row] = await tx.execute<StoredEventRow>(sql`
      select ${eventColumns} from (
        select * from events e
        where e.company_id = ${scope.companyId} and ${sql.join(whose, sql` and `)} and ${within(window)} and ${kindSql("e.kind", ACTING_KINDS)}
        ${order} limit 1
      ) e ${nameJoinsSql(scope)}`);
    return row ? toEventRow(row) : null;
  };
  const [before, after] = await Promise.all([
    nearest({ from, until: at + 1 }, "desc"),
    nearest({ from: at + 1, until }, "asc"),
  ]);
  return { before, after };
}
