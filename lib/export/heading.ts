import { localDateOf, type IanaZone } from "@/lib/domain/zones";
import { minuteText } from "./cell-text";

/** What stands above the rows of a file: whose they are, of when and under which filters. */
export interface ExportHeading {
  title: string;
  /** "All companies" for all that the reader may see. */
  companyName: string;
  /** Epoch milliseconds; null where the rows have no range, `to` null where it is open. */
  range: { from: number; to: number | null } | null;
  /** The filters in words; none are said as none. */
  filterWords: readonly string[];
  zone: IanaZone;
  /** Epoch milliseconds. */
  madeAt: number;
}

/** The first and the last local day of the range, up to the day the file is made on where it is open. */
export function daysOf({ range, zone, madeAt }: Pick<ExportHeading, "range" | "zone" | "madeAt">): {
  first: string;
  last: string;
} | null {
  if (!range) return null;
  const last = localDateOf((range.to ?? madeAt + 1) - 1, zone);
  const first = localDateOf(range.from, zone);
  return { first, last: last < first ? first : last };
}
/** The heading as pairs of a word and its value, in the order in which a file shows them. */
export function headingLines(heading: ExportHeading): [string, string][] {
  const { companyName, range, filterWords, zone, madeAt } = heading;
  const rangeText = range
    ? `${minuteText(range.from, zone)} to ${range.to === null ? "now" : minuteText(range.to, zone)}`
    : "All the time";
  const isMoment = range !== null && range.from === range.to;
  return [
    ["Company", companyName],
    isMoment ? ["Moment", minuteText(range.from, zone)] : ["Range", rangeText],
    ["Filters", filterWords.length > 0 ? filterWords.join("; ") : "None"],
    ["Time zone", zone],
    ["Made", minuteText(madeAt, zone)],
  ];
}
