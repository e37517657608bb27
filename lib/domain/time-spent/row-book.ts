import { localDateOfDay, type LocalDate } from "../zones";
import { addUpDays, DayByDay, type SeatRecord } from "./day-totals";
import { RangeBook, type RangeTotals } from "./range-totals";
import { addSpent, nothingSpent, type SpentMs } from "./spent-ms";
import type { DayCursor } from "./day-cursor";
import type { TimeSpentRow } from "./time-spent-row";

/** Of whom a row is, and what it is made of. */
export interface RowGroup extends Pick<TimeSpentRow, "accountId" | "userName"> {
  /** Null when the group spans all the account's computers. */
  computerId: number | null;
  computerName: string | null;
  records: SeatRecord[];
}

export interface FinishedTimeSpent {
  /** Days newest first, then account, then computer. */
  rows: TimeSpentRow[];
  /** What all rows have of each day. */
  times: ReadonlyMap<LocalDate, SpentMs>;
}

/** Makes rows of groups in the order in which they are added. */
export interface RowBook {
  readonly rowCount: number;
  add(group: RowGroup): void;
  finish(): FinishedTimeSpent;
}

/** A row for each day of each group. */
export class DayRows implements RowBook {
  rowCount = 0;
  readonly #cursor: DayCursor;
  readonly #book = new DayByDay();
  readonly #days = new Map<number, { date: LocalDate; rows: TimeSpentRow[]; spent: SpentMs }>();

  constructor(cursor: DayCursor) {
    this.#cursor = cursor;
  }

  add(group: RowGroup): void {
    addUpDays(this.#book, group.records, this.#cursor);
    const totals = this.#book.take();
    for (const total of totals) {
      const { date, rows, spent } = this.#dayOf(total.day);
      addSpent(spent, total);
      rows.push(toRow(total, 1, date, total.computers, group));
    }
    this.rowCount += totals.length;
  }

  finish(): FinishedTimeSpent {
    const newestFirst = inOrder(this.#days).map(([, day]) => day);
    return {
      // Copies whole lists, while flatMap takes row after row.
      rows: ([] as TimeSpentRow[]).concat(...newestFirst.map(({ rows }) => rows)),
      times: new Map(newestFirst.map(({ date, spent }) => [date, spent])),
    };
  }

  #dayOf(day: number) {
    let known = this.#days.get(day);
    if (known === undefined) {
      known = { date: localDateOfDay(day), rows: [], spent: nothingSpent() };
      this.#days.set(day, known);
    }
    return known;
  }
}

/** A row for the whole range of each group. */
export class RangeRows implements RowBook {
  readonly #cursor: DayCursor;
  readonly #book = new RangeBook();
  readonly #rows: TimeSpentRow[] = [];

  constructor(cursor: DayCursor) {
    this.#cursor = cursor;
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  add(group: RowGroup): void {
    const total = this.#book.add(group.records, this.#cursor);
    if (total.days > 0) this.#rows.push(toRow(total, total.days, null, group.records.length, group));
  }

  finish(): FinishedTimeSpent {
    const times = inOrder(this.#book.times()).map(
      ([day, { activeMs, lockedMs, uncertainMs }]) =>
        [localDateOfDay(day), { activeMs, lockedMs, uncertainMs }] as const,
    );
    return { rows: this.#rows, times: new Map(times) };
  }
}

/** Newest day first. */
function inOrder<Value>(days: ReadonlyMap<number, Value>): [number, Value][] {
  return [...days].toSorted(([a], [b]) => b - a);
}

function toRow(
  totals: Omit<RangeTotals, "days">,
  days: number,
  date: LocalDate | null,
  computers: number,
  group: RowGroup,
): TimeSpentRow {
  return {
    date,
    days,
    accountId: group.accountId,
    userName: group.userName,
    computerId: group.computerId,
    computerName: group.computerName,
    activeSeconds: Math.round(totals.activeMs / 1000),
    lockedSeconds: Math.round(totals.lockedMs / 1000),
    uncertainSeconds: Math.round(totals.uncertainMs / 1000),
    activeMs: totals.activeMs,
    lockedMs: totals.lockedMs,
    uncertainMs: totals.uncertainMs,
    sessions: totals.sessions,
    computers,
    rangeComputers: group.records.length,
    firstLogon: totals.firstStart === Infinity ? null : totals.firstStart,
    lastLogoff: totals.lastStop === -Infinity ? null : totals.lastStop,
  };
}
