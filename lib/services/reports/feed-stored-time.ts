import type { Transaction } from "@/db/client";
import type { TimeSpentMatch } from "@/db/queries/reports/time-spent-events";
import { readStoredDetails, readStoredMonths, type StoredMonth } from "@/db/queries/time-spent/read-stored";
import type { CompanyWriteScope } from "@/db/scope";
import { monthOf } from "@/lib/domain/time-spent/stored-days";
import type { StoredPart, StoredTally } from "@/lib/domain/time-spent/stored-tally";
import type { Starts } from "./feed-events";
import { runLongStatement } from "./long-statements";
import { assertEventsFit } from "./report-bounds";
import type { TakeTurns } from "./take-turns";

/** Of one statement: a year of so many computers is some megabytes. */
const COMPUTERS_AT_ONCE = 100;
const DETAILS_AT_ONCE = 200;
/** What a block takes in memory, in events. */
const EVENTS_PER_BLOCK = 10;

/**
 * Counts what is stored of the computers' time, and gives from when on their events are to be counted. What ended in months
 * before `countedFrom` doesn't count: blocks are stored in the month in which they end. The transaction reads one snapshot,
 * so that details belong to their heads.
 *
 * @throws AppError `invalid` when there is more than a report may be counted from.
 */
export async function feedStoredTime(
  tx: Transaction,
  scope: CompanyWriteScope,
  { from, countedFrom, to }: Pick<TimeSpentMatch, "from" | "to"> & { countedFrom: number },
  computerIds: readonly number[],
  tally: StoredTally,
  turns: TakeTurns,
): Promise<{ starts: Starts; months: ReadonlyMap<StoredPart, StoredMonth> }> {
  const starts = new Map<number, number>();
  const months = new Map<StoredPart, StoredMonth>();
  let blockCount = 0;
  for await (const rows of slices(computerIds, COMPUTERS_AT_ONCE, (slice) =>
    readStoredMonths(tx, scope, slice, { month: monthOf(from), headsFrom: monthOf(countedFrom), to }),
  )) {
    for (const [place, row] of rows.entries()) {
      months.set(row, row);
      blockCount += tally.add(row);
      assertEventsFit(blockCount * EVENTS_PER_BLOCK);
      if (rows[place + 1]?.computerId !== row.computerId) {
        starts.set(row.computerId, row.through);
        tally.open(row, row.carry);
      }
      if (turns.isOver()) await turns.giveWay();
    }
  }
  return { starts, months };
}

/** Counts the details of what could not be counted by its sums; when all events have been counted. */
export async function feedStoredDetails(
  tx: Transaction,
  scope: CompanyWriteScope,
  months: ReadonlyMap<StoredPart, StoredMonth>,
  tally: StoredTally,
  turns: TakeTurns,
): Promise<void> {
  const missing = tally.missing().map((part) => months.get(part)!);
  const read = async (slice: readonly StoredMonth[]) => {
    const details = await readStoredDetails(tx, scope, slice);
    return slice.map((month, place) => ({ month, details: details[place]! }));
  };
  for await (const rows of slices(missing, DETAILS_AT_ONCE, read)) {
    for (const { month, details } of rows) {
      tally.fill(month, details);
      if (turns.isOver()) await turns.giveWay();
    }
  }
}

/** Reads slice after slice, PostgreSQL being at the next one while the last is being counted. */
async function* slices<In, Out>(
  all: readonly In[],
  size: number,
  read: (slice: readonly In[]) => Promise<Out[]>,
): AsyncGenerator<Out[]> {
  const begin = (start: number) => {
    if (start >= all.length) return null;
    const answer = runLongStatement(() => read(all.slice(start, start + size)));
    answer.catch(() => undefined); // looked at in its turn
    return answer;
  };
  let next = begin(0);
  for (let start = size; next !== null; start += size) {
    const rows = await next;
    next = begin(start);
    yield rows;
  }
}
