import { setTimeout as pause } from "node:timers/promises";
import { readDatabaseClock } from "@/db/queries/global/database-clock";
import { listCompaniesToStore } from "@/db/queries/global/stored-time";
import { FIRST_EVENT_MS, PackedEvents, readPackedEvents } from "@/db/queries/reports/time-spent-events";
import {
  addToMonths,
  deleteStrayNotes,
  dropVoid,
  listComputersToStore,
  lockProgress,
  noteStoredThrough,
  noteStoring,
  type MonthAddition,
  type StoredBase,
} from "@/db/queries/time-spent/write-stored";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { BlockWriter } from "@/lib/domain/time-spent/block-writer";
import { believedUntil, monthOf, nextMonth, storedUntil } from "@/lib/domain/time-spent/stored-days";
import { haveAgentsSentWithin } from "../events/record-events";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

/** Few enough that their transaction isn't noticeable, even where a year is to be stored. */
const COMPUTERS_AT_ONCE = 20;
const EVENTS_BETWEEN_LOOKS = 500;
/** A rest follows each batch, so many times as long as it took. */
const RESTS_PER_BATCH = 2;
const RESTS_WHILE_SENDING = 4;
const LONGEST_REST_MILLISECONDS = 1_000;
const SENDING_MILLISECONDS = 1_000;

export interface StoredTimeOutcome {
  companies: number;
  computers: number;
}

/**
 * Stores the time of all days that are over for long enough, and anew what late events have made void.
 *
 * Each batch of computers is a transaction of its own that holds the company's progress: broken off at any point, the
 * next run goes on where it stopped, and two servers never store the same.
 *
 * What a clock that was ahead has stored is made anew. With two clocks, this computer's and the database's, the earlier
 * says what may be stored and the later what is void. `clock`, in epoch milliseconds, stands for both.
 */
export async function storeTime(
  signal: AbortSignal,
  clock?: number,
  isPaced = true,
): Promise<StoredTimeOutcome> {
  const clocks = clock === undefined ? [Date.now(), await readDatabaseClock()] : [clock];
  const bounds = { until: storedUntil(Math.min(...clocks)), believed: believedUntil(Math.max(...clocks)) };
  const total = { companies: 0, computers: 0 };
  const companies = await listCompaniesToStore(new Date(bounds.until), new Date(bounds.believed));
  for (const companyId of companies) {
    if (signal.aborted) break;
    total.computers += await storeCompany(operatorScope(companyId), bounds, signal, isPaced);
    total.companies += 1;
  }
  return total;
}

interface Bounds {
  until: number;
  believed: number;
}

async function storeCompany(
  scope: CompanyWriteScope,
  bounds: Bounds,
  signal: AbortSignal,
  isPaced: boolean,
): Promise<number> {
  const turns = new TakeTurns(TURN_MILLISECONDS, undefined);
  let afterId = 0;
  let count = 0;
  while (!signal.aborted) {
    const begunAt = performance.now();
    const batch = { ...bounds, afterId, limit: COMPUTERS_AT_ONCE };
    const ids = await writeWithin(scope, (tx) => storeBatch(tx, scope, batch, turns));
    if (ids.length === 0) return count;
    count += ids.length;
    afterId = ids.at(-1)!;
    if (isPaced) await rest(performance.now() - begunAt, signal);
  }
  return count;
}

type Tx = Parameters<Parameters<typeof writeWithin>[1]>[0];

/** Gives the computers it stored; none when all is stored, which is noted then. */
async function storeBatch(
  tx: Tx,
  scope: CompanyWriteScope,
  batch: Bounds & { afterId: number; limit: number },
  turns: TakeTurns,
): Promise<number[]> {
  const floor = await lockProgress(tx, scope);
  if (batch.afterId === 0) await noteStoring(tx, scope);
  const ids = await listComputersToStore(tx, scope, batch);
  if (ids.length === 0) {
    await deleteStrayNotes(tx, scope);
    await noteStoredThrough(tx, scope, batch.until);
    return ids;
  }
  const bases = await dropVoid(tx, scope, ids, { floor, believed: batch.believed });
  const wanted = bases.map(({ computerId: id, through }) => ({ id, from: through ?? FIRST_EVENT_MS }));
  const rows = await readPackedEvents(tx, scope, wanted, { to: batch.until, accountIds: null });
  const additions: MonthAddition[] = [];
  const baseOf = new Map(bases.map((base) => [base.computerId, base]));
  for (const row of rows) {
    const events = new PackedEvents(row);
    additions.push(...(await store(events, baseOf.get(events.computerId)!, batch.until, turns)));
  }
  if (additions.length > 0) await addToMonths(tx, scope, additions);
  return ids;
}

/** What the events add to each month. */
async function store(
  events: PackedEvents,
  base: StoredBase,
  until: number,
  turns: TakeTurns,
): Promise<MonthAddition[]> {
  const { computerId, floor } = base;
  const additions: MonthAddition[] = [];
  const writer = new BlockWriter(base.carry);
  let month = NaN;
  let end = -Infinity;
  const cut = () => {
    if (Number.isNaN(month)) return;
    additions.push({ computerId, month, through: Math.min(end, until), floor, ...writer.cut() });
  };
  for (let done = 0; done < events.length; done += EVENTS_BETWEEN_LOOKS) {
    events.each(done, Math.min(done + EVENTS_BETWEEN_LOOKS, events.length), (accountId, kindCode, at) => {
      if (at >= end) {
        cut();
        month = monthOf(at);
        end = nextMonth(at);
      }
      writer.add(accountId, kindCode, at);
    });
    if (turns.isOver()) await turns.giveWay();
  }
  cut();
  return additions;
}

async function rest(took: number, signal: AbortSignal): Promise<void> {
  const times = haveAgentsSentWithin(SENDING_MILLISECONDS) ? RESTS_WHILE_SENDING : RESTS_PER_BATCH;
  const milliseconds = Math.min(took * times, LONGEST_REST_MILLISECONDS);
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
