import { COMPUTER_KINDS, END_KINDS, kindFromCode, PAUSE_KINDS, START_KINDS } from "@/lib/domain/events/kinds";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import type { TimeSpentOptions } from "@/lib/domain/time-spent/time-spent-row";
import { wallClock } from "../wall-clock";

/**
 * The contract's Time Spent told a second time, slowly and in another way: each stretch is found by looking
 * forward from the event that began it, and time is added up slice by slice between all instants that matter.
 * It shares nothing with the engine but the sets of kinds.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Meaning = "start" | "pause" | "end" | "crash";

interface Moment {
  meaning: Meaning;
  at: number;
}

interface Span {
  accountId: number;
  computerId: number;
  kind: "active" | "locked" | "uncertain";
  from: number;
  to: number;
}

export interface ReferenceRow {
  date: string;
  accountId: number;
  computerId: number | null;
  activeMs: number;
  lockedMs: number;
  uncertainMs: number;
  sessions: number;
  computers: number;
  firstLogon: number | null;
  lastLogoff: number | null;
}

function meaningFor(event: TimeSpentEvent, accountId: number, computerId: number): Meaning | null {
  const kind = kindFromCode(event.kindCode);
  if (event.computerId !== computerId) return null;
  if (COMPUTER_KINDS.has(kind)) return kind === "sleep" ? "pause" : kind === "shutdown" ? "end" : "crash";
  if (event.accountId !== accountId) return null;
  if (START_KINDS.has(kind)) return "start";
  if (PAUSE_KINDS.has(kind)) return "pause";
  return END_KINDS.has(kind) ? "end" : null;
}

type SeatSpan = Pick<Span, "kind" | "from" | "to">;

function activeSpan(begin: number, next: Moment | undefined, end: number, longest: number): SeatSpan {
  const to = next?.at ?? end;
  const isProven = next === undefined || next.meaning === "pause" || next.meaning === "end";
  const isActive = isProven && to - begin <= longest;
  return {
    kind: isActive ? "active" : "uncertain",
    from: begin,
    to: isActive ? to : Math.min(to, begin + longest),
  };
}

function spansOfSeat(moments: Moment[], end: number, longest: number): SeatSpan[] {
  return moments.flatMap((moment, index): SeatSpan[] => {
    if (moment.meaning === "start") return [activeSpan(moment.at, moments[index + 1], end, longest)];
    // A pause counts only when the event just before it was a start; it lasts until something but a pause.
    if (moment.meaning !== "pause" || moments[index - 1]?.meaning !== "start") return [];
    const until = moments.slice(index + 1).find((later) => later.meaning !== "pause");
    return until === undefined ? [] : [{ kind: "locked", from: moment.at, to: until.at }];
  });
}

const midnightsKnown = new Map<string, number[]>();

/** Every whole minute of a UTC day at which the date on the wall changes. */
function midnightsOfUtcDay(zone: string, dayStart: number): number[] {
  const key = `${zone} ${dayStart}`;
  const known = midnightsKnown.get(key);
  if (known) return known;
  const midnights: number[] = [];
  let date = wallClock(dayStart - MINUTE, zone).slice(0, 10);
  for (let at = dayStart; at < dayStart + 24 * HOUR; at += MINUTE) {
    const now = wallClock(at, zone).slice(0, 10);
    if (now !== date) midnights.push(at);
    date = now;
  }
  midnightsKnown.set(key, midnights);
  return midnights;
}

function midnightsBetween(zone: string, from: number, to: number): number[] {
  const midnights: number[] = [];
  for (let day = Math.floor(from / (24 * HOUR)) * 24 * HOUR; day <= to; day += 24 * HOUR) {
    midnights.push(...midnightsOfUtcDay(zone, day));
  }
  return midnights;
}

function uniquePairs(events: TimeSpentEvent[]): [number, number][] {
  const keys = new Set(events.map((event) => `${event.accountId} ${event.computerId}`));
  return [...keys].map((key) => key.split(" ").map(Number) as [number, number]);
}

export function naiveTimeSpent(all: readonly TimeSpentEvent[], options: TimeSpentOptions): ReferenceRow[] {
  const longest = options.maxSessionHours * HOUR;
  const events = all
    .filter((event) => event.at >= options.from - longest && event.at < options.to)
    .filter((event) => event.at <= (options.now ?? Infinity))
    .toSorted((a, b) => a.at - b.at || a.order - b.order);
  const end = Math.min(options.to, options.now ?? options.to);
  const midnights = midnightsBetween(options.timeZone, options.from - 48 * HOUR, options.to + 48 * HOUR);

  const spans: Span[] = uniquePairs(events).flatMap(([accountId, computerId]) => {
    const moments = events.flatMap((event) => {
      const meaning = meaningFor(event, accountId, computerId);
      return meaning === null ? [] : [{ meaning, at: event.at }];
    });
    return spansOfSeat(moments, end, longest)
      .filter((span) => span.from < span.to)
      .filter((span) => options.splitAtMidnight || !midnights.some((at) => span.from < at && at < span.to))
      .map((span) => ({ accountId, computerId, ...span }));
  });

  const points = [options.from, options.to, ...midnights, ...spans.flatMap((span) => [span.from, span.to])];
  const cuts = [...new Set(points)]
    .filter((at) => at >= options.from && at <= options.to)
    .toSorted((a, b) => a - b);
  const counted = events.filter((event) => event.at >= options.from);
  const groups = uniquePairs(events).map(([accountId, computerId]) => [
    accountId,
    options.groupBy === "user" ? null : computerId,
  ]);
  const distinct = [...new Map(groups.map((group) => [group.join(), group])).values()] as [
    number,
    number | null,
  ][];
  return distinct.flatMap(([accountId, computerId]) => {
    const isOwn = (item: { accountId: number; computerId: number }) =>
      item.accountId === accountId && (computerId === null || item.computerId === computerId);
    return rowsOfGroup(
      accountId,
      computerId,
      spans.filter(isOwn),
      counted.filter(isOwn),
      cuts,
      options.timeZone,
    );
  });
}

function rowsOfGroup(
  accountId: number,
  computerId: number | null,
  spans: Span[],
  events: TimeSpentEvent[],
  cuts: number[],
  zone: string,
): ReferenceRow[] {
  const rows = new Map<string, ReferenceRow & { seen: Set<number> }>();
  const rowAt = (at: number) => {
    const date = wallClock(at, zone).slice(0, 10);
    const times = { activeMs: 0, lockedMs: 0, uncertainMs: 0, sessions: 0, computers: 0 };
    const row = rows.get(date) ?? {
      date,
      accountId,
      computerId,
      ...times,
      firstLogon: null,
      lastLogoff: null,
      seen: new Set(),
    };
    rows.set(date, row);
    return row;
  };

  for (const { at, kindCode, computerId: where } of events) {
    const kind = kindFromCode(kindCode);
    const isStart = START_KINDS.has(kind);
    if (!isStart && !PAUSE_KINDS.has(kind) && !END_KINDS.has(kind)) continue;
    const row = rowAt(at);
    row.seen.add(where);
    if (isStart) row.firstLogon ??= at;
    else row.lastLogoff = at;
  }

  let activeRow: unknown = null;
  cuts.slice(0, -1).forEach((from, index) => {
    const length = cuts[index + 1]! - from;
    const present = spans.filter((span) => span.from <= from && from < span.to);
    const has = (kind: Span["kind"]) => present.some((span) => span.kind === kind);
    const row = present.length > 0 ? rowAt(from) : null;
    present.forEach((span) => row!.seen.add(span.computerId));
    if (row && has("active")) {
      row.activeMs += length;
      if (activeRow !== row) row.sessions += 1;
      activeRow = row;
    } else {
      if (row && has("locked")) row.lockedMs += length;
      else if (row) row.uncertainMs += length;
      activeRow = null;
    }
  });
  return [...rows.values()].map(({ seen, ...row }) => ({ ...row, computers: seen.size }));
}
