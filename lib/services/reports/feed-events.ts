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

/** Events of one statement: enough that its own cost vanishes, few enough to count some while the next are being read. */
const EVENTS_AT_ONCE = 10_000;
const EVENTS_BETWEEN_LOOKS = 500;

/** From when on the events of computers are wanted yet, epoch milliseconds; those that are absent from the match's beginning. */
export type Starts = ReadonlyMap<number, number>;

/**
 * Hands over a company's acting events in turns: computer after computer, of each by time and then order received.
 *
 * `before` is told the computers first, and may know of some what happened until some moment.
 * @throws AppError `invalid` when there are more than a report may be counted from.
 */
export async function feedEvents(
  tx: Transaction,
  scope: CompanyWriteScope,
  match: TimeSpentMatch,
  turns: TakeTurns,
  accept: (computerId: number, accountId: number, kindCode: number, at: number, id: number) => void,
  before?: (computerIds: readonly number[]) => Promise<Starts>,
): Promise<void> {
  let eventCount = 0;
  for await (const events of computersInTurn(tx, scope, match, before)) {
    const { computerId, length } = events;
    eventCount += length;
    assertEventsFit(eventCount);
    for (let done = 0; done < length; done += EVENTS_BETWEEN_LOOKS) {
      const end = Math.min(done + EVENTS_BETWEEN_LOOKS, length);
      events.each(done, end, (accountId, kindCode, at, id) =>
        accept(computerId, accountId, kindCode, at, id),
      );
      if (turns.isOver()) await turns.giveWay();
    }
  }
}

/** The computers' events, PostgreSQL reading those of the next computers while the last ones are being counted. */
async function* computersInTurn(
  tx: Transaction,
  scope: CompanyWriteScope,
  match: TimeSpentMatch,
  before: ((computerIds: readonly number[]) => Promise<Starts>) | undefined,
): AsyncGenerator<PackedEvents> {
  const computerIds = await listTimeSpentComputers(tx, scope, match);
  const starts = await before?.(computerIds);
  const computers = computerIds
    .map((id) => ({ id, from: Math.max(match.from, starts?.get(id) ?? match.from) }))
    .filter(({ from }) => from < match.to);
  if (computers.length === 0) return;
  const from = computers.reduce((least, computer) => Math.min(least, computer.from), match.to);
  const events = await estimateTimeSpentEvents(tx, scope, { ...match, from });
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
