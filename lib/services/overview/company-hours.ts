import { LRUCache } from "lru-cache";
import { countByCompany } from "@/db/queries/overview/company-counts";
import { readWithin, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { exactTimesOf } from "@/lib/domain/reports/time-spent-totals";
import type { IanaZone } from "@/lib/domain/zones";
import { processState } from "@/lib/process-state";
import { runReport } from "../reports/report-queue";
import { readTimeSpent } from "../reports/time-spent";
import { readSettings } from "../settings/read-settings";

const HOUR_MS = 3_600_000;
const FRESH_MS = 5 * 60_000;
const KEPT_SUMS = 5_000;

interface HoursAsk {
  range: ReportRange;
  zone: IanaZone;
  /** Epoch milliseconds. */
  now: number;
}

interface Shared {
  known: LRUCache<string, number>;
  running: Map<string, Promise<number>>;
}

function sums(): Shared {
  return processState("company-hours", () => ({
    known: new LRUCache({ max: KEPT_SUMS }),
    running: new Map(),
  }));
}

/**
 * The time that all accounts of the company spent in the range, in milliseconds: the total of the Time Spent report before
 * it is rounded.
 *
 * A known sum of a range that has ended is given again while its events are as many: they are never changed, only
 * added and removed. One of a running range may be five minutes old. A sum that must be counted waits for its turn among
 * the reader's reports, and readers whose turn has come share it. @throws as runReport.
 */
export async function companyHours(
  reader: string,
  scope: CompanyWriteScope,
  { range, zone, now }: HoursAsk,
): Promise<number> {
  const { longestSessionHours } = await readSettings();
  const window = { from: range.from - longestSessionHours * HOUR_MS, to: range.to };
  const state = range.to > now ? `running ${Math.floor(now / FRESH_MS)}` : await countEvents(scope, window);
  const key = [scope.companyId, range.from, range.to, zone, longestSessionHours, state].join("/");
  const { known, running } = sums();
  const sum = known.get(key);
  if (sum !== undefined) return sum;
  return runReport({ reader, scope }, async (own) => {
    const told = known.get(key) ?? running.get(key);
    if (told !== undefined) return told;
    const summing = sumHours(own, { range, zone, now }).finally(() => running.delete(key));
    running.set(key, summing);
    const fresh = await summing;
    known.set(key, fresh);
    return fresh;
  });
}

async function countEvents(scope: CompanyWriteScope, { from, to }: ReportRange): Promise<number> {
  const [bucket] = await readWithin(scope, (tx) => countByCompany(tx, scope, [from, to]));
  return bucket?.events ?? 0;
}

async function sumHours(scope: CompanyScope, { range, zone, now }: HoursAsk): Promise<number> {
  const query = timeSpentQuery.parse({ per: "range" });
  return exactTimesOf(await readTimeSpent(scope, { query, range, zone, now })).activeMs;
}
