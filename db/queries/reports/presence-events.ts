import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { instantSql } from "../events/event-match";
import { eventColumns, nameJoins, toEventRow, type StoredEventRow } from "../events/event-rows";
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

// All of it stands in the index events_computer, so that no row is opened.
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

/** Starts, pauses and ends on the computers, of everybody or of one account, and what befell the computers as a whole. */
export async function listActingEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { computerIds, accountId }: { computerIds: readonly number[]; accountId: number | null },
  window: EventWindow,
): Promise<TimeSpentEvent[]> {
  const whose = accountId === null ? sql`` : sql` and (e.kind >= 7 or e.account_id = ${accountId})`;
  const rows = await tx.execute<ActingRow>(sql`
    select e.* from unnest(${pgArray(computerIds)}::int[]) as asked (id) cross join lateral (
      select ${actingColumns} from events e
      where e.company_id = ${companyId} and e.computer_id = asked.id and ${within(window)} and e.kind between 1 and 9${whose}
    ) e`);
  return rows.map(toEvent);
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
    cross join lateral (
      select ${actingColumns} from events e
      where e.company_id = ${companyId} and e.account_id = seat.account_id and e.computer_id + 0 = seat.computer_id
        and ${within(window)} and (e.kind in (1, 2, 3, 6) or (e.kind in (4, 5) and not seat.is_paused))
      order by e.occurred_at, e.id limit 1
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
  const rows = await tx.execute<ActingRow>(sql`
    select e.* from unnest(${pgArray(computerIds)}::int[]) as asked (id)
    cross join (values (7, 7), (8, 9)) as kinds (first, last) cross join lateral (
      select ${actingColumns} from events e
      where e.company_id = ${companyId} and e.computer_id = asked.id and ${within(window)}
        and e.kind between kinds.first and kinds.last
      order by e.occurred_at, e.id limit 1
    ) e`);
  return rows.map(toEvent);
}

/** The events with all that the list shows of them, in no order; ids alone have no index. */
export async function readEventRows(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
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
      where e.company_id = ${companyId} and e.computer_id = asked.computer_id and e.occurred_at = asked.at and e.id = asked.id
    ) e ${nameJoins}`);
  return rows.map(toEventRow);
}

/** The last event that acted on the account or computer before the moment, and the first after it. */
export async function findNeighbours(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
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
        where e.company_id = ${companyId} and ${sql.join(whose, sql` and `)} and ${within(window)} and e.kind between 1 and 9
        ${order} limit 1
      ) e ${nameJoins}`);
    return row ? toEventRow(row) : null;
  };
  const [before, after] = await Promise.all([
    nearest({ from, until: at + 1 }, "desc"),
    nearest({ from: at + 1, until }, "asc"),
  ]);
  return { before, after };
}
