import type { Transaction } from "@/db/client";
import {
  estimateTimeSpentEvents,
  listTimeSpentComputers,
  PackedEvents,
  readPackedEvents,
  type TimeSpentMatch,
} from "@/db/queries/reports/time-spent-events";
import type { CompanyWriteScope } from "@/db/scope";
import { runLongStatement } from "./long-statements";
import { assertEventsFit } from "./report-bounds";
import type { TakeTurns } from "./take-turns";

/** Events of one statement: enough that its own cost vanishes, few enough to hold two such answers in memory. */
const EVENTS_AT_ONCE = 100_000;
const EVENTS_BETWEEN_LOOKS = 500;

/**
 * Hands over a company's acting events in turns: computer after computer, of each by time and then order received.
 *
 * @throws AppError `invalid` when there are more than a report may be counted from.
 */
export async function feedEvents(
  tx: Transaction,
  scope: CompanyWriteScope,
  match: TimeSpentMatch,
  turns: TakeTurns,
  accept: (computerId: number, accountId: number, kindCode: number, at: number) => void,
): Promise<void> {
  let eventCount = 0;
  for await (const events of computersInTurn(tx, scope, match)) {
    const { computerId, length } = events;
    eventCount += length;
    assertEventsFit(eventCount);
    for (let done = 0; done < length; done += EVENTS_BETWEEN_LOOKS) {
      const end = Math.min(done + EVENTS_BETWEEN_LOOKS, length);
      events.each(done, end, (accountId, kindCode, at) => accept(computerId, accountId, kindCode, at));
      if (turns.isOver()) await turns.giveWay();
    }
  }
}

/** The computers' events, PostgreSQL reading those of the next computers while the last ones are being counted. */
async function* computersInTurn(
  tx: Transaction,
  scope: CompanyWriteScope,
  match: TimeSpentMatch,
): AsyncGenerator<PackedEvents> {
  const [computers, events] = await Promise.all([
    listTimeSpentComputers(tx, scope, match),
    estimateTimeSpentEvents(tx, scope, match),
  ]);
  const statements = Math.min(Math.max(1, Math.ceil(events / EVENTS_AT_ONCE)), computers.length);
  const size = Math.ceil(computers.length / statements);
  const read = (turn: number) => {
    const slice = computers.slice(turn * size, (turn + 1) * size);
    if (slice.length === 0) return null;
    const answer = runLongStatement(() => readPackedEvents(tx, scope, slice, match));
    answer.catch(() => undefined); // looked at in its turn
    return answer;
  };
  let next = read(0);
  for (let turn = 1; next !== null; turn += 1) {
    const rows = await next;
    next = read(turn);
    for (const row of rows) yield new PackedEvents(row);
  }
}
