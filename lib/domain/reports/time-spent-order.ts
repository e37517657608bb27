import { nameKey } from "../events/wire";
import { TIME_SPENT_COLUMNS, type TimeSpentReportRow } from "./time-spent-columns";

type Compare = (a: TimeSpentReportRow, b: TimeSpentReportRow) => number;

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
/** Without a value last, whichever way the others go. */
function compareValues(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -sign : a > b ? sign : 0;
}

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

const NAMED: Readonly<Record<string, (row: TimeSpentReportRow) => { id: number; name: string }>> = {
  userName: accountOf,
  company: companyOf,
  computerName: computerOf,
};

function comparison(rows: readonly TimeSpentReportRow[], sort: string, sign: number): Compare {
  const named = NAMED[sort];
  if (named) return comparisonBy(rows, named, sign);
  const { value } = TIME_SPENT_COLUMNS.find(({ id }) => id === sort)!;
  // Dates and numbers, which are no texts.
  const valueOf = (row: TimeSpentReportRow) => (value(row) ?? null) as string | number | null;
  return (a, b) => compareValues(valueOf(a), valueOf(b), sign);
}

/**
 * How to put rows into the order asked for; ties newest day first, then by account, company and computer. Null when
 * they are in it: the days of one company, as the engine gives them, for the default order.
 */
export function timeSpentOrder(rows: readonly TimeSpentReportRow[], sort: string): Compare | null {
  const isAsGiven =
    rows.length === 0 || (rows[0]!.companyId === rows.at(-1)!.companyId && rows[0]!.date !== null);
  if (isAsGiven && sort === "-date") return null;
  const isDescending = sort.startsWith("-");
  const column = isDescending ? sort.slice(1) : sort;
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
