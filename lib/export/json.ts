import type { Cells, ColumnHead, PlainCells, RowBatches } from "@/lib/domain/reports/report-table";
import { PROGRAM_READER } from "@/lib/english";
import { CellWords, wordBatches } from "./word-cells";

/** An instant as the read API spells it: RFC 3339 in UTC, with milliseconds only where there are any. */
export function jsonInstant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/** Writes what `jsonInstant` does. The instants of a table are of few days, and each day's date is written once. */
export function jsonInstants(): (at: number) => string {
  let day = NaN;
  let date = "";
  return (at) => {
    const dayOfIt = Math.floor(at / DAY_MS);
    const seconds = (at - dayOfIt * DAY_MS) / 1000;
    if (!Number.isInteger(seconds)) return jsonInstant(at);
    if (dayOfIt !== day) {
      date = jsonInstant(at).slice(0, -"00:00:00Z".length);
      day = dayOfIt;
    }
    const hour = TWO_DIGITS[Math.floor(seconds / 3600)]!;
    const minute = TWO_DIGITS[Math.floor(seconds / 60) % 60]!;
    return `${date}${hour}:${minute}:${TWO_DIGITS[seconds % 60]!}Z`;
  };
}

type JsonRow = Record<string, string | number | boolean | number[] | null>;

/** Words texts in English, the language of the API, with times as programs read them; names for programs stay. */
function jsonWords(columns: readonly ColumnHead[]): CellWords {
  const heads = columns.map(() => ({}));
  return new CellWords(heads, PROGRAM_READER);
}

/** The rows as objects: members named by column, those without a value left out. */
export function jsonRows(columns: readonly ColumnHead[], rows: readonly Cells[]): JsonRow[] {
  const words = jsonWords(columns);
  const instants = jsonInstants();
  return rows.map((cells) => jsonRow(columns, words.row(cells), instants));
}

function jsonRow(
  columns: readonly ColumnHead[],
  cells: PlainCells,
  writeInstant: (at: number) => string,
): JsonRow {
  const row: JsonRow = {};
  columns.forEach(({ id, kind }, index) => {
    const value = cells[index];
    if (value === undefined) return;
    if (kind === "numbers")
      row[id] = String(value ?? "")
        .split(" ")
        .filter(Boolean)
        .map(Number);
    else row[id] = kind === "instant" && typeof value === "number" ? writeInstant(value) : value;
  });
  return row;
}

/** `{…heading,"rows":[…]}`, written while the rows come. */
export async function* writeJson(
  heading: object,
  columns: readonly ColumnHead[],
  batches: RowBatches,
): AsyncGenerator<string> {
  let text = `${JSON.stringify(heading).slice(0, -1)},"rows":[`;
  let isFirst = true;
  const instants = jsonInstants();
  for await (const batch of wordBatches(batches, jsonWords(columns))) {
    for (const cells of batch) {
      text += `${isFirst ? "" : ","}${JSON.stringify(jsonRow(columns, cells, instants))}`;
      isFirst = false;
    }
    yield text;
    text = "";
  }
  yield `${text}]}`;
}
