import type { RawSql } from "@/db/client";
import { storeTime } from "@/lib/services/reports/store-time";
import type { ServerProcess } from "../support/server-process";
import { besideCount, memoryFigure, plainFigure, type Figure } from "./figures";
import type { MeasuredAnswer } from "./measured-get";
import { memoryGrowth } from "./memory-watch";

const MONTH = 30;
const YEAR = 365;

interface Measured {
  /** Milliseconds of a plain count(*) of the same rows, of the first byte, and of the whole answer. */
  count: number;
  firstByte: number;
  complete: number;
  bytes: number;
}

export interface TimeSpentBench {
  server: ServerProcess;
  sql: RawSql;
  /** Events in all. */
  rows: number;
  withYear: boolean;
  /** The report over so many days. */
  addressOf(days: number): string;
  get(address: string): Promise<MeasuredAnswer>;
  measure(days: number, work: () => Promise<MeasuredAnswer>, rounds?: number): Promise<Measured>;
}

/** Time Spent of a month and of a year, from events and then from what the job stores of them. */
export async function timeSpentFigures(bench: TimeSpentBench): Promise<Figure[]> {
  return [
    ...(await fromEvents(bench)),
    ...(await store(bench)),
    ...(await monthFromStored(bench)),
    ...(bench.withYear ? await yearFromStored(bench) : []),
  ];
}

/** Keeps the server's job away, which would store midway. */
async function fromEvents({ sql, withYear, addressOf, get, measure }: TimeSpentBench): Promise<Figure[]> {
  await sql.unsafe("truncate time_spent_months, time_spent_late, time_spent_progress");
  await sql`
    insert into time_spent_progress (company_id, through_at) select id, 'infinity' from app_auth_companies`;
  const month = await measure(MONTH, () => get(addressOf(MONTH)), 2);
  const figure = besideCount("Time Spent from events, 30 days: complete", month.complete, month.count, null);
  if (!withYear) return [figure];
  const year = await measure(YEAR, () => get(`${addressOf(YEAR)}&per=range`), 1);
  return [figure, besideCount("  a year in totals: complete", year.complete, year.count, null)];
}

/** Stores what the job stores, without its rests. */
async function store({ sql, rows }: TimeSpentBench): Promise<Figure[]> {
  await sql.unsafe("truncate time_spent_months, time_spent_late, time_spent_progress");
  const startedAt = performance.now();
  await storeTime(new AbortController().signal, Date.now(), false);
  const seconds = (performance.now() - startedAt) / 1000;
  await sql.unsafe("vacuum analyze time_spent_months");
  const [size] = await sql<{ bytes: string }[]>`select pg_total_relation_size('time_spent_months') as bytes`;
  return [
    plainFigure("storing the time of all events", `${seconds.toFixed(1)} s`),
    plainFigure("  room", `${(Number(size!.bytes) / rows).toFixed(1)} bytes an event`),
  ];
}

async function monthFromStored({ server, addressOf, get, measure }: TimeSpentBench): Promise<Figure[]> {
  const address = addressOf(MONTH);
  const growth = await memoryGrowth(server, async () => void (await get(address)));
  const taken = await measure(MONTH, () => get(address));
  const later = await memoryGrowth(server, async () => void (await get(address)));
  return [
    besideCount("Time Spent, 30 days: first byte", taken.firstByte, taken.count, 1_500),
    { ...besideCount("  complete", taken.complete, taken.count, null), ...timesCount(taken, 3) },
    plainFigure("  answer", `${(taken.bytes / 1e6).toFixed(1)} MB`),
    ...memoryFigure("  memory above rest, first time", growth, 150),
    ...memoryFigure("  memory above rest, later", later, 150),
  ];
}

async function yearFromStored({ server, addressOf, get, measure }: TimeSpentBench): Promise<Figure[]> {
  const totals = await measure(YEAR, () => get(`${addressOf(YEAR)}&per=range`), 3);
  const address = addressOf(YEAR);
  const growth = await memoryGrowth(server, async () => void (await get(address)));
  const days = await measure(YEAR, () => get(address), 3);
  return [
    besideCount("Time Spent, a year in totals: complete", totals.complete, totals.count, 1_000),
    besideCount("  a year by days: first byte", days.firstByte, days.count, null),
    besideCount("  complete", days.complete, days.count, null),
    plainFigure("  answer", `${(days.bytes / 1e6).toFixed(1)} MB`),
    ...memoryFigure("  memory above rest", growth, null),
  ];
}

function timesCount({ complete, count }: { complete: number; count: number }, most: number) {
  return { target: `≤ ${most} counts`, isMet: complete <= most * count };
}
