import { findNamed } from "@/db/queries/events/match-names";
import { listEvidence } from "@/db/queries/reports/time-spent-evidence";
import { FIRST_EVENT_MS, listTimeSpentComputers } from "@/db/queries/reports/time-spent-events";
import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { resolveReportRange, type ReportRange } from "@/lib/domain/reports/report-range";
import { readScreenQuery, type RawParams } from "@/lib/domain/reports/screen-query";
import { timeSpentQuery, type TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { countedRange, firstRelevantAt, type Stretch } from "@/lib/domain/time-spent/compute-stretches";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import { computeDayEvidence, type DaySpan } from "@/lib/domain/time-spent/day-evidence";
import type { TimeSpentOptions, TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { addLocalDays, ianaZone, startOfLocalDay, type IanaZone, type LocalDate } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import { readSettings } from "../settings/read-settings";

export interface TimeSpentDay {
  accountId: number;
  userName: string;
  companyId: number;
  date: LocalDate;
  zone: IanaZone;
  query: TimeSpentQuery;
  /** What of the day counts; shorter than the day where the list's range begins or ends in it. Epoch milliseconds. */
  from: number;
  to: number;
  /** The row grouped by user, and those by computer; null and none when the day has nothing to tell. */
  row: TimeSpentRow | null;
  computerRows: TimeSpentRow[];
  /** The row's times, united over computers. */
  united: DaySpan[];
  /** Each with the ids of the events that opened and closed it. */
  stretches: Stretch[];
  leftOut: number;
  /** Those of the day, and those outside it that opened or closed a stretch of it; by time and then order received. */
  events: EventRow[];
}

/**
 * One day of an account with all that its Time Spent is made of.
 *
 * It counts as the list does whose address it carries, so the list's range, split, site and computer apply; a day
 * outside that range is looked at alone. @throws AppError `not_found` for an account outside the scope.
 */
export async function readTimeSpentDay(
  scope: CompanyScope,
  asked: { accountId: number; date: LocalDate; params: RawParams },
  viewZone: IanaZone,
  now: number = Date.now(),
): Promise<TimeSpentDay> {
  const { accountId, date } = asked;
  const { query } = readScreenQuery(timeSpentQuery, asked.params);
  const zone = query.tz === undefined ? viewZone : ianaZone(query.tz);
  const day = { from: startOfLocalDay(date, zone), to: startOfLocalDay(addLocalDays(date, 1), zone) };
  const range = rangeAround(day, query, zone, now);
  const { longestSessionHours } = await readSettings();
  const options: TimeSpentOptions = countedRange({
    ...range,
    now,
    maxSessionHours: longestSessionHours,
    timeZone: zone,
    groupBy: "user",
    splitAtMidnight: query.split === "on",
  });
  const { account, events } = await readEvidence(scope, accountId, query, options);
  const window = { from: Math.max(day.from, range.from), to: Math.min(day.to, range.to) };
  return {
    accountId,
    userName: account.name,
    companyId: account.companyId,
    date,
    zone,
    query,
    ...window,
    ...tellDay(events, options, account, date, window),
  };
}

/** The list's range when it holds the day, else the day. A list without a range in its address has the usual one. */
function rangeAround(day: ReportRange, query: TimeSpentQuery, zone: IanaZone, now: number): ReportRange {
  const range = resolveReportRange(query, now, zone);
  return range !== null && range.from < day.to && range.to > day.from ? range : day;
}

interface NamedAccount {
  id: number;
  companyId: number;
  name: string;
}

async function readEvidence(
  scope: CompanyScope,
  accountId: number,
  query: TimeSpentQuery,
  options: TimeSpentOptions,
): Promise<{ account: NamedAccount; events: EventRow[] }> {
  return readWithin(scope, async (tx) => {
    const [account] = await findNamed(tx, scope, "accounts", [accountId]);
    const own = account && narrowScope(scope, account.companyId);
    if (!account || !own) throw new AppError("not_found", { key: "errors.gone" });
    const range = { from: Math.max(firstRelevantAt(options), FIRST_EVENT_MS), to: options.to };
    if (range.from >= range.to) return { account, events: [] };
    const computerIds = await listTimeSpentComputers(tx, own, {
      ...range,
      computerId: query.computer ?? null,
      siteId: query.site ?? null,
      accountIds: [accountId],
    });
    return { account, events: await listEvidence(tx, own, accountId, computerIds, range) };
  });
}

function tellDay(
  rows: readonly EventRow[],
  options: TimeSpentOptions,
  account: NamedAccount,
  date: LocalDate,
  window: ReportRange,
) {
  const events = rows.map((row) => ({
    accountId: row.accountId,
    computerId: row.computerId,
    kindCode: KIND_CODE[row.kind],
    at: row.occurredAt,
    order: row.id,
  }));
  const computers = new Map(rows.map((row) => [row.computerId, row.computerName]));
  const names = { account: () => account.name, computer: (id: number) => computers.get(id)! };
  const ofDay = (groupBy: TimeSpentOptions["groupBy"]) =>
    computeTimeSpent(events, { ...options, groupBy }, names).filter(
      (row) => row.accountId === account.id && row.date === date,
    );
  const evidence = computeDayEvidence(events, options, account.id, window);
  const used = new Set(evidence.stretches.flatMap(({ openedBy, closedBy }) => [openedBy, closedBy]));
  const isOfDay = ({ occurredAt }: EventRow) => occurredAt >= window.from && occurredAt < window.to;
  return {
    row: ofDay("user")[0] ?? null,
    computerRows: ofDay("user_computer"),
    ...evidence,
    events: rows.filter((row) => isOfDay(row) || used.has(row.id)),
  };
}
