import { nameKey } from "../events/wire";
import { kindFromCode, START_KINDS } from "../events/kinds";
import { zoneCalendar } from "../zone-calendar";
import { countedRange, firstRelevantAt, maxSessionMs, openEnd } from "./compute-stretches";
import type { SeatRecord } from "./day-totals";
import { DayRows, RangeRows, type FinishedTimeSpent, type RowGroup } from "./row-book";
import { DayCursor } from "./day-cursor";
import { StoredTally, type TalliedSeat } from "./stored-tally";
import { StretchMachine, type Seat, type StretchKind } from "./stretch-machine";
import type { TimeSpentDayRow, TimeSpentNames, TimeSpentOptions, TimeSpentRow } from "./time-spent-row";

const IS_START_BY_CODE = Array.from({ length: 16 }, (_, code) => START_KINDS.has(kindFromCode(code)));

function emptyRecord(): SeatRecord {
  const spans = { active: [], locked: [], uncertain: [] };
  return { spans, days: [], firstStarts: [], lastStops: [], blocks: null };
}

function distinct(seats: readonly TalliedSeat[], idOf: (seat: TalliedSeat) => number): number[] {
  const ids = new Set<number>();
  // forEach leaves out the seats that did nothing in the range.
  seats.forEach((seat) => ids.add(idOf(seat)));
  return [...ids];
}

/** The ids in order of their names without regard to case, ties by id. */
function orderedByName(ids: Iterable<number>, nameOf: (id: number) => string): number[] {
  const keyed = [...ids].map((id) => ({ id, key: nameKey(nameOf(id)) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)) || a.id - b.id);
  return keyed.map(({ id }) => id);
}

function groupsInOrder(
  seats: readonly TalliedSeat[],
  groupBy: TimeSpentOptions["groupBy"],
  names: TimeSpentNames,
): RowGroup[] {
  const byAccount = new Map<number, Map<number, SeatRecord>>();
  // forEach leaves out the seats that did nothing in the range.
  seats.forEach(({ accountId, computerId, record }) => {
    const byComputer = byAccount.get(accountId);
    if (byComputer === undefined) byAccount.set(accountId, new Map([[computerId, record]]));
    else byComputer.set(computerId, record);
  });
  return orderedByName(byAccount.keys(), (id) => names.account(id)).flatMap((accountId): RowGroup[] => {
    const byComputer = byAccount.get(accountId)!;
    const own = { accountId, userName: names.account(accountId) };
    if (groupBy === "user")
      return [{ ...own, computerId: null, computerName: null, records: [...byComputer.values()] }];
    const computerIds = orderedByName(byComputer.keys(), (id) => names.computer(id));
    return computerIds.map((computerId) => ({
      ...own,
      computerId,
      computerName: names.computer(computerId),
      records: [byComputer.get(computerId)!],
    }));
  });
}

/** A row for each day, or one for the whole range, of those whose names `keeps` takes. */
export interface TimeSpentRowsAsked {
  per: "day" | "range";
  keeps?: (names: Pick<TimeSpentRow, "userName" | "computerName">) => boolean;
}

/**
 * Gathers one company's Time Spent while its events pass by, keeping spans of time and not the events. Where time is
 * stored already, `stored` takes that in their place, before the computer's events.
 */
export class TimeSpentTally {
  readonly stored: StoredTally;
  readonly #options: TimeSpentOptions;
  readonly #eventDay: DayCursor;
  readonly #stretchDay: DayCursor;
  readonly #machine: StretchMachine;
  readonly #firstAt: number;
  readonly #seats: TalliedSeat[] = [];
  readonly #latestByComputer = new Map<number, number>();
  #recentComputer = NaN;
  #latestAt = -Infinity;

  /** `accountIds`: of what is stored only these accounts' time; null is all. */
  constructor(asked: TimeSpentOptions, accountIds: readonly number[] | null = null) {
    const options = countedRange(asked);
    this.#options = options;
    const calendar = zoneCalendar(options.timeZone);
    this.#eventDay = new DayCursor(calendar);
    this.#stretchDay = new DayCursor(calendar);
    this.#firstAt = firstRelevantAt(options);
    this.#machine = new StretchMachine(maxSessionMs(options), (seat, kind, from, to) => {
      this.#noteStretch(seat, kind, from, to);
    });
    this.stored = new StoredTally(options, this.#machine, accountIds, {
      noteStretch: (seat, kind, from, to) => this.#noteStretch(seat, kind, from, to),
      noteEvent: (seat, isStart, at) => this.#noteEvent(this.#recordOf(seat), isStart, at),
      recordOf: (seat) => this.#recordOf(seat),
      seats: this.#seats,
    });
  }

  /**
   * Takes the next event; what lies outside the range and its lead is passed over.
   *
   * Events of one computer come by time (epoch milliseconds) and then order received. Computers do not act on each
   * other, so they may follow one another or come mixed. @throws RangeError when a computer's time goes back.
   */
  add(accountId: number, computerId: number, kindCode: number, at: number): void {
    if (computerId !== this.#recentComputer) this.#turnTo(computerId);
    if (!(at >= this.#latestAt))
      throw new RangeError("Time Spent needs a computer's events in order of time");
    this.#latestAt = at;
    if (at < this.#firstAt || at >= this.#options.to) return;
    const seat = this.#machine.accept(accountId, computerId, kindCode, at);
    if (seat !== null && at >= this.#options.from) {
      this.#noteEvent(this.#recordOf(seat), IS_START_BY_CODE[kindCode] === true, at);
    }
  }

  /** After the last event: whose names finish() will ask for. */
  seen(): { accountIds: number[]; computerIds: number[] } {
    this.#machine.close(openEnd(this.#options));
    return {
      accountIds: distinct(this.#seats, (seat) => seat.accountId),
      computerIds: distinct(this.#seats, (seat) => seat.computerId),
    };
  }

  /** A row for each day, newest first, then account, then computer. Call it once, after the last event. */
  finish(names: TimeSpentNames): TimeSpentDayRow[] {
    const steps = this.finishInSteps(names, { per: "day" });
    for (;;) {
      const { value, done } = steps.next();
      if (done) return value.rows as TimeSpentDayRow[];
    }
  }

  /** The same in small steps, each giving the number of rows so far, so that other work can run in between. */
  *finishInSteps(names: TimeSpentNames, asked: TimeSpentRowsAsked): Generator<number, FinishedTimeSpent> {
    this.#machine.close(openEnd(this.#options));
    const book = asked.per === "day" ? new DayRows(this.#stretchDay) : new RangeRows(this.#stretchDay);
    for (const group of groupsInOrder(this.#seats, this.#options.groupBy, names)) {
      if (asked.keeps?.(group) === false) continue;
      book.add(group);
      yield book.rowCount;
    }
    return book.finish();
  }

  #turnTo(computerId: number): void {
    this.#latestByComputer.set(this.#recentComputer, this.#latestAt);
    this.#recentComputer = computerId;
    this.#latestAt = this.#latestByComputer.get(computerId) ?? -Infinity;
  }

  #recordOf(seat: Seat): SeatRecord {
    let tallied = this.#seats[seat.index];
    if (tallied === undefined) {
      tallied = { accountId: seat.accountId, computerId: seat.computerId, record: emptyRecord() };
      this.#seats[seat.index] = tallied;
    }
    return tallied.record;
  }

  #noteStretch(seat: Seat, kind: StretchKind, from: number, to: number): void {
    // Judged before clipping: what a day shows must not depend on where the range begins.
    if (!this.#options.splitAtMidnight) {
      this.#stretchDay.seek(from);
      if (this.#stretchDay.end < to) return;
    }
    const start = Math.max(from, this.#options.from);
    const end = Math.min(to, this.#options.to);
    if (start < end) this.#recordOf(seat).spans[kind].push(start, end);
  }

  #noteEvent(record: SeatRecord, isStart: boolean, at: number): void {
    this.#eventDay.seek(at);
    const { day } = this.#eventDay;
    let last = record.days.length - 1;
    if (last < 0 || record.days[last] !== day) {
      record.days.push(day);
      record.firstStarts.push(Infinity);
      record.lastStops.push(-Infinity);
      last += 1;
    }
    if (isStart) record.firstStarts[last] = Math.min(record.firstStarts[last]!, at);
    else record.lastStops[last] = Math.max(record.lastStops[last]!, at);
  }
}
