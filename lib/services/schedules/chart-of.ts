import type { BarChart } from "@/lib/domain/mail/bar-chart";
import type { Text } from "@/lib/domain/text";
import type { CellValue } from "@/lib/domain/reports/report-table";
import { bucketAt, bucketUnitFor, timeBuckets } from "@/lib/domain/reports/time-buckets";
import { startOfLocalDay } from "@/lib/domain/zones";
import type { Locale } from "@/lib/domain/locales";
import { isAppError } from "@/lib/errors";
import { localText } from "@/lib/export/cell-text";
import { TIME_WORDS } from "@/messages/time-words";
import type { OpenedTable } from "../tables/table-source";

/** A report's chart and what its axis counts in. */
export interface ReportChart {
  title: Text;
  chart: Omit<BarChart, "title">;
  axis: { unit: number; text: (value: number) => string };
}

/** A quarter of a year of days; more bars are no chart any more. */
const MOST_BARS = 92;
const HOUR_SECONDS = 3_600;

/** How the reader's language writes numbers. */
function numbersIn(locale: Locale) {
  const count = (value: number) => Math.round(value).toLocaleString(locale);
  const hours = (value: number) => `${count(value / HOUR_SECONDS)} ${TIME_WORDS[locale].hours}`;
  return { count, hours, counts: { unit: 1, text: count } };
}

type Numbers = ReturnType<typeof numbersIn>;

type Opener = (table: string, more?: Record<string, string>) => OpenedTable;

/**
 * The chart that the table's screen has, of the same question; null for tables without one, and where the chart needs
 * more rows than a report may have: those of the summary may be far fewer. `open` asks the read API's tables.
 */
export async function chartOf(table: string, locale: Locale, open: Opener): Promise<ReportChart | null> {
  try {
    return await readChart(table, numbersIn(locale), open);
  } catch (error) {
    if (isAppError(error) && error.code === "invalid") return null;
    throw error;
  }
}

async function readChart(table: string, numbers: Numbers, open: Opener): Promise<ReportChart | null> {
  if (table === "time-spent") return timeSpent(open("time-spent", { per: "day" }), numbers);
  if (table === "failures") return failures(open("failure-times"), numbers);
  return table === "logons" ? logonHours(open("logon-hours"), numbers) : null;
}

async function timeSpent(opened: OpenedTable, { count, hours }: Numbers): Promise<ReportChart | null> {
  const { range, zone } = opened;
  if (range?.to == null) return null;
  const days = timeBuckets({ from: range.from, to: range.to }, zone, "day", MOST_BARS);
  if (days === null) return null;
  const bars = days.map(({ from }) => ({ label: localText(from, zone).slice(5, 10), value: 0 }));
  for await (const [date, seconds] of valuesOf(opened, ["date", "activeSeconds"])) {
    bars[bucketAt(days, startOfLocalDay(String(date), zone))]!.value += Number(seconds);
  }
  const title: Text = { key: "schedules.chartTimeSpent" };
  return {
    title,
    chart: { bars, valueText: hours },
    axis: { unit: HOUR_SECONDS, text: (value) => `${count(value / HOUR_SECONDS)}h` },
  };
}

async function failures(opened: OpenedTable, { count, counts }: Numbers): Promise<ReportChart | null> {
  const { range, zone } = opened;
  if (range?.to == null) return null;
  const found: { from: number; value: number }[] = [];
  for await (const [from, failed] of valuesOf(opened, ["from", "failures"])) {
    found.push({ from: Number(from), value: Number(failed) });
    if (found.length > MOST_BARS) return null;
  }
  // Not told from the rows: an hour that the clocks show twice is one row of two hours.
  const isByHour = bucketUnitFor({ from: range.from, to: range.to }, zone) === "hour";
  const bars = found.map(({ from, value }) => {
    const local = localText(from, zone);
    return { label: isByHour ? local.slice(11, 16) : local.slice(5, 10), value };
  });
  const title: Text = { key: isByHour ? "schedules.chartFailuresByHour" : "schedules.chartFailuresByDay" };
  return { title, chart: { bars, valueText: count }, axis: counts };
}

async function logonHours(opened: OpenedTable, { count, counts }: Numbers): Promise<ReportChart> {
  const bars = Array.from({ length: 24 }, (_, hour) => {
    return { label: `${String(hour).padStart(2, "0")}:00`, value: 0 };
  });
  for await (const [hour, logons] of valuesOf(opened, ["hour", "logons"])) {
    bars[Number(hour)]!.value += Number(logons);
  }
  return { title: { key: "schedules.chartLogons" }, chart: { bars, valueText: count }, axis: counts };
}

/** The rows' values in these columns. */
async function* valuesOf(
  { columns, batches }: OpenedTable,
  ids: readonly string[],
): AsyncGenerator<(CellValue | undefined)[]> {
  const places = ids.map((id) => columns.findIndex((column) => column.id === id));
  for await (const batch of batches()) {
    for (const cells of batch) yield places.map((place) => cells[place]);
  }
}
