import { nameKey } from "../events/wire";
import type { TimeSpentQuery, TimeSpentReportRow, TimeSpentSort } from "./time-spent";

type Compare = (a: TimeSpentReportRow, b: TimeSpentReportRow) => number;

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
/** Without a time last, whichever way the others go. */
const byInstant = (a: number | null, b: number | null, sign: number) =>
  a === null || b === null ? Number(a === null) - Number(b === null) : sign * (a - b);

/** The place of each id in the order of names without regard to case; equal names share one. */
function ranksOf(
  rows: readonly TimeSpentReportRow[],
  named: (row: TimeSpentReportRow) => { id: number; name: string },
): ReadonlyMap<number, number> {
  const keys = new Map<number, string>();
  for (const row of rows) {
    const { id, name } = named(row);
    if (!keys.has(id)) keys.set(id, nameKey(name));
  }
  const order = [...new Set(keys.values())].toSorted(byText);
  const places = new Map(order.map((key, place) => [key, place]));
  return new Map([...keys].map(([id, key]) => [id, places.get(key)!]));
}

const accountOf = (row: TimeSpentReportRow) => ({ id: row.accountId, name: row.userName });
const companyOf = (row: TimeSpentReportRow) => ({ id: row.companyId, name: row.companyName });
const computerOf = (row: TimeSpentReportRow) => ({ id: row.computerId ?? 0, name: row.computerName ?? "" });

function comparisonBy(
  rows: readonly TimeSpentReportRow[],
  named: (row: TimeSpentReportRow) => { id: number; name: string },
  sign: number,
): Compare {
  const ranks = ranksOf(rows, named);
  return (a, b) => sign * (ranks.get(named(a).id)! - ranks.get(named(b).id)!);
}

function comparison(rows: readonly TimeSpentReportRow[], sort: TimeSpentSort, sign: number): Compare {
  switch (sort) {
    case "date":
      return (a, b) => sign * byText(a.date ?? "", b.date ?? "");
    case "userName":
      return comparisonBy(rows, accountOf, sign);
    case "computerName":
      return comparisonBy(rows, computerOf, sign);
    case "company":
      return comparisonBy(rows, companyOf, sign);
    case "activeSeconds":
      return (a, b) => sign * (a.activeSeconds - b.activeSeconds);
    case "lockedSeconds":
      return (a, b) => sign * (a.lockedSeconds - b.lockedSeconds);
    case "uncertainSeconds":
      return (a, b) => sign * (a.uncertainSeconds - b.uncertainSeconds);
    case "sessions":
    case "days":
    case "computers":
      return (a, b) => sign * (a[sort] - b[sort]);
    case "firstLogon":
    case "lastLogoff":
      return (a, b) => byInstant(a[sort], b[sort], sign);
  }
}

/**
 * How to put rows into the order asked for; ties newest day first, then by account, company and computer. Null when
 * they are in it: the days of one company, as the engine gives them, for the default order.
 */
export function timeSpentOrder(
  rows: readonly TimeSpentReportRow[],
  sort: TimeSpentQuery["sort"],
): Compare | null {
  const isAsGiven =
    rows.length === 0 || (rows[0]!.companyId === rows.at(-1)!.companyId && rows[0]!.date !== null);
  if (isAsGiven && sort === "-date") return null;
  const isDescending = sort.startsWith("-");
  const column = (isDescending ? sort.slice(1) : sort) as TimeSpentSort;
  const asked = comparison(rows, column, isDescending ? -1 : 1);
  const newest = comparison(rows, "date", -1);
  const account = comparison(rows, "userName", 1);
  const company = comparison(rows, "company", 1);
  const computer = comparison(rows, "computerName", 1);
  return (a, b) =>
    asked(a, b) ||
    newest(a, b) ||
    account(a, b) ||
    company(a, b) ||
    a.companyId - b.companyId ||
    computer(a, b);
}
