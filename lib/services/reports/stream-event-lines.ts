import { USUAL_EFFORT, type Effort } from "@/db/queries/events/effort";
import { eventLinesReader, type EventLines } from "@/db/queries/events/event-lines";
import type { EventReader } from "@/db/queries/events/event-rows";
import { limitStatementTime } from "@/db/queries/statement-time";
import { readWithin, type CompanyScope } from "@/db/scope";
import { resolveRange, type ResolvedRange } from "@/lib/domain/events/event-range";
import type { EventFilters, EventOrder } from "@/lib/domain/events/filters";
import { offsetStretches, type OffsetStretch } from "@/lib/domain/zone-stretches";
import type { Reader } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import { resolveMatch } from "../events/resolve-match";
import { GROUP_COLUMN, walkEvents, type EventWalk } from "../events/walk-events";
import { runLongStatement } from "./long-statements";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

export interface EventLinesAsk {
  filters: EventFilters;
  order: EventOrder;
  zone: IanaZone;
  /** What named ranges end at. */
  now: number;
  columnIds: readonly string[];
  /** By id, where rows name their company. */
  companyNames: ReadonlyMap<number, string> | null;
  /** For whom words are written. */
  reader: Reader;
  signal: AbortSignal;
  /** For tests: smaller slices, and less effort. */
  sliceRows?: number;
  effort?: Effort;
}

/** About two megabytes, which PostgreSQL writes in a tenth of a second. */
const SLICE_ROWS = 20_000;
const TIME_LIMIT_MILLISECONDS = 20_000;
/** A piece is sent at once; a reader on a slow line must be seen to take one every few seconds. */
const PIECE_LENGTH = 64 * 1024;
const DAY_MS = 86_400_000;
const EARLIEST_AT = Date.UTC(2000, 0, 1);

/** A slice is a page of many rows, for which it pays to look further before another way to them is chosen. */
const SLICE_EFFORT: Effort = { ...USUAL_EFFORT, windowRows: 5 * SLICE_ROWS, shortList: 4 };

/**
 * Every event that the filters select as lines of a CSV file, in pieces that end with a line.
 *
 * PostgreSQL writes them slice by slice, each in a short transaction of its own under row-level security; agents are
 * let in between them. @throws AppError `unavailable` when a slice takes too long.
 */
export async function* streamEventLines(scope: CompanyScope, ask: EventLinesAsk): AsyncGenerator<string> {
  const { filters, order, zone, now, signal, sliceRows = SLICE_ROWS, effort = SLICE_EFFORT } = ask;
  const range = resolveRange(filters.range, now, zone);
  const turns = new TakeTurns(TURN_MILLISECONDS, signal);
  const groupColumn = order.by === "time" ? null : GROUP_COLUMN[order.by];
  const readerOver = async (time: Span) =>
    eventLinesReader({ ...ask, stretches: await stretchesOf(zone, time, turns), groupColumn });
  let span: Span = { from: Math.max(EARLIEST_AT, Math.min(range.from, now)), to: now };
  let read = await readerOver(span);
  for (let from: EventLines["last"] = null; ;) {
    const walk: EventWalk = { order, isBackward: false, from, limit: sliceRows };
    const slice: EventLines = await runLongStatement(() =>
      readSlice(scope, { filters, range, walk, effort, signal }, read),
    );
    if (slice.beyond) {
      const { earliest, latest } = slice.beyond;
      span = { from: Math.min(span.from, earliest), to: Math.max(span.to, latest) };
      read = await readerOver(span);
      continue;
    }
    yield* piecesOf(slice.text);
    if (slice.last === null) return;
    from = slice.last;
    await turns.giveWay();
  }
}

/** Epoch milliseconds. */
interface Span {
  from: number;
  to: number;
}

interface SliceAsk {
  filters: EventFilters;
  range: ResolvedRange;
  walk: EventWalk;
  effort: Effort;
  signal: AbortSignal;
}

async function readSlice(
  scope: CompanyScope,
  { filters, range, walk, effort, signal }: SliceAsk,
  read: EventReader<EventLines>,
): Promise<EventLines> {
  const slice = await readWithin(
    scope,
    async (tx) => {
      await limitStatementTime(tx, TIME_LIMIT_MILLISECONDS);
      const match = await resolveMatch(tx, scope, filters, range, effort);
      return walkEvents(tx, scope, match, walk, read);
    },
    signal,
  );
  if (!slice) throw new AppError("unavailable", { key: "files.eventsDeleted" });
  return slice;
}

/** Of the time and two days either way: most events were received within a day of it, others are seldom. */
async function stretchesOf(zone: IanaZone, { from, to }: Span, turns: TakeTurns): Promise<OffsetStretch[]> {
  const stretches: OffsetStretch[] = [];
  for (const stretch of offsetStretches(zone, from - 2 * DAY_MS, to + 2 * DAY_MS)) {
    const before = stretches.at(-1);
    if (before?.suffix === stretch.suffix) before.to = stretch.to;
    else stretches.push(stretch);
    if (turns.isOver()) await turns.giveWay();
  }
  return stretches;
}

function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf("\n", start + PIECE_LENGTH);
    const end = lineEnd < 0 ? text.length : lineEnd + 1;
    yield text.slice(start, end);
    start = end;
  }
}
