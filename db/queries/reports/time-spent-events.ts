import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { instantSql } from "../events/event-match";
import { kindSql } from "../kind-sql";
import { ACTING_KINDS, COMPUTER_KINDS } from "@/lib/domain/events/kinds";
import { pgArray } from "../pg-array";

/** Agents' times begin here, epoch milliseconds; older ones are refused. */
export const FIRST_EVENT_MS = Date.UTC(2000, 0, 1);

/** Which events of a company the time engine is to see; instants in epoch milliseconds. */
export interface TimeSpentMatch {
  from: number;
  /** Not included. */
  to: number;
  computerId: number | null;
  /** Only computers that belong to the site now. */
  siteId: number | null;
  /** Besides what happens to a whole computer only these accounts' events; null is all. */
  accountIds: readonly number[] | null;
  /** Whether the events' ids are read too. */
  withIds?: boolean;
}

/** Start, pause, end, sleep, shutdown and startup; the last three act on the whole computer. */
const ACTING = kindSql("e.kind", ACTING_KINDS);
const ON_COMPUTER = kindSql("e.kind", COMPUTER_KINDS);

/** The computers that may have such events, by id. */
export async function listTimeSpentComputers(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  match: TimeSpentMatch,
): Promise<number[]> {
  const { computerId, siteId, accountIds } = match;
  const conditions = [sql`c.company_id = ${companyId}`];
  if (computerId !== null) conditions.push(sql`c.id = ${computerId}`);
  if (siteId !== null) conditions.push(sql`c.site_id = ${siteId}`);
  if (accountIds !== null) {
    conditions.push(sql`c.id in (
      select e.computer_id from events e where e.company_id = ${companyId}
        and e.account_id = any(${pgArray(accountIds)}::int[]) and ${within(match)})`);
  }
  const rows = await tx.execute<{ id: number }>(
    sql`select c.id from computers c where ${sql.join(conditions, sql` and `)} order by c.id`,
  );
  return rows.map((row) => row.id);
}

/** About how many such events a company has, without its filters; from the counts kept beside the events. */
export async function estimateTimeSpentEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { from, to }: TimeSpentMatch,
): Promise<number> {
  const [row] = await tx.execute<{ events: string | null }>(sql`
    select sum(e.count) as events from event_counts e
    where e.company_id = ${companyId} and ${ACTING}
      and e.bucket_at >= ${instantSql(from)} and e.bucket_at < ${instantSql(to)}`);
  return Number(row?.events ?? 0);
}

/**
 * A computer's events by time and then order received, packed as PostgreSQL sends arrays: a million rows read one by
 * one cost the driver seconds. Instants are whole milliseconds, so the kind travels in their microseconds.
 */
interface PackedRow extends Record<string, unknown> {
  computer_id: number;
  moments: Buffer;
  accounts: Buffer;
  ids?: Buffer;
}

/** A computer, and from when on its events are wanted; epoch milliseconds. */
export interface ComputerFrom {
  id: number;
  from: number;
}

/** The computers' events; those without any are left out. Index-only: the index events_computer holds all of it. */
export async function readPackedEvents(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  computers: readonly ComputerFrom[],
  { to, accountIds, withIds = false }: Pick<TimeSpentMatch, "to" | "accountIds" | "withIds">,
): Promise<readonly PackedRow[]> {
  const ids = pgArray(computers.map(({ id }) => id));
  const starts = pgArray(computers.map(({ from }) => new Date(from).toISOString()));
  const named = accountIds && sql` and (e.account_id = any(${pgArray(accountIds)}::int[]) or ${ON_COMPUTER})`;
  return tx.execute<PackedRow>(sql`
    select c.id as computer_id, packed.*
    from unnest(${ids}::int[], ${starts}::timestamptz[]) as c (id, begins_at) cross join lateral (
      select array_send(array_agg(occurred_at + kind * interval '1 microsecond')) as moments,
        array_send(array_agg(account_id)) as accounts${withIds ? sql`, array_send(array_agg(id)) as ids` : sql``}
      from (
        select e.occurred_at, e.account_id, e.kind, e.id from events e
        where e.company_id = ${companyId} and e.computer_id = c.id and e.occurred_at >= c.begins_at
          and e.occurred_at < ${instantSql(to)} and ${ACTING}${named ?? sql``}
        order by e.occurred_at, e.id
      ) ordered
    ) packed
    where packed.moments is not null`);
}

function within({ from, to }: TimeSpentMatch): SQL {
  return sql`e.occurred_at >= ${instantSql(from)} and e.occurred_at < ${instantSql(to)}`;
}

// How PostgreSQL sends a one-dimensional array: a head of 20 bytes, then each element behind its 4-byte length.
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const MOMENT_BYTES = LENGTH_BYTES + 8;
const ACCOUNT_BYTES = LENGTH_BYTES + 4;
const ID_BYTES = LENGTH_BYTES + 8;
const EPOCH_2000_MS = Date.UTC(2000, 0, 1);
const TWO_32 = 4_294_967_296;

/** One computer's events, read where they lie. */
export class PackedEvents {
  readonly computerId: number;
  readonly length: number;
  readonly #moments: DataView;
  readonly #accounts: DataView;
  readonly #ids: DataView | null;

  constructor({ computer_id, moments, accounts, ids }: PackedRow) {
    this.computerId = computer_id;
    this.length = (moments.length - HEAD_BYTES) / MOMENT_BYTES;
    this.#moments = viewOf(moments);
    this.#accounts = viewOf(accounts);
    this.#ids = ids === undefined ? null : viewOf(ids);
  }

  /** Hands over the events from index `from` to before `to`; instants in epoch milliseconds, ids 0 unless they were read. */
  each(
    from: number,
    to: number,
    visit: (accountId: number, kindCode: number, at: number, id: number) => void,
  ): void {
    const ids = this.#ids;
    for (let index = from; index < to; index += 1) {
      const microseconds = bigAt(this.#moments, HEAD_BYTES + index * MOMENT_BYTES + LENGTH_BYTES);
      const kindCode = microseconds % 1000;
      const accountId = this.#accounts.getInt32(HEAD_BYTES + index * ACCOUNT_BYTES + LENGTH_BYTES);
      const id = ids === null ? 0 : bigAt(ids, HEAD_BYTES + index * ID_BYTES + LENGTH_BYTES);
      visit(accountId, kindCode, EPOCH_2000_MS + (microseconds - kindCode) / 1000, id);
    }
  }
}

/** A number of 8 bytes. */
function bigAt(view: DataView, start: number): number {
  return view.getInt32(start) * TWO_32 + view.getUint32(start + 4);
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}
