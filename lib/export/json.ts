import type { CellKind, Cells, ColumnHead, PlainValue, RowBatches } from "@/lib/domain/reports/report-table";
import { PROGRAM_READER } from "@/lib/english";
import { CellWords } from "./word-cells";

/** An instant as the read API spells it: RFC 3339 in UTC, with milliseconds only where there are any. */
export function jsonInstant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
/** What follows the seconds, by milliseconds. */
const ENDINGS = Array.from({ length: 1000 }, (_, number) =>
  number === 0 ? "Z" : `.${String(number).padStart(3, "0")}Z`,
);

/** Writes what `jsonInstant` does. The instants of a table are of few days, and each day's date is written once. */
export function jsonInstants(): (at: number) => string {
  let day = NaN;
  let date = "";
  return (at) => {
    const dayOfIt = Math.floor(at / DAY_MS);
    const milliseconds = at - dayOfIt * DAY_MS;
    if (!Number.isInteger(milliseconds)) return jsonInstant(at);
    if (dayOfIt !== day) {
      date = jsonInstant(dayOfIt * DAY_MS).slice(0, -"00:00:00Z".length);
      day = dayOfIt;
    }
    const seconds = Math.floor(milliseconds / 1000);
    const hour = Math.floor(seconds / 3600);
    const minute = Math.floor(seconds / 60) - hour * 60;
    const ending = ENDINGS[milliseconds - seconds * 1000]!;
    return `${date}${TWO_DIGITS[hour]!}:${TWO_DIGITS[minute]!}:${TWO_DIGITS[seconds % 60]!}${ending}`;
  };
}

type JsonValue = string | number | boolean | number[] | null;
type JsonRow = Record<string, JsonValue>;

/** Words texts in English, the language of the API, with times as programs read them; names for programs stay. */
function jsonWords(columns: readonly ColumnHead[]): CellWords {
  const heads = columns.map(() => ({}));
  return new CellWords(heads, PROGRAM_READER);
}

function jsonValue(kind: CellKind, value: PlainValue, writeInstant: (at: number) => string): JsonValue {
  if (kind === "instant" && typeof value === "number") return writeInstant(value);
  if (kind !== "numbers") return value;
  return String(value ?? "")
    .split(" ")
    .filter(Boolean)
    .map(Number);
}

/** Makes objects of rows: members named by column, those without a value left out. */
function rowMaker(columns: readonly ColumnHead[]): (cells: Cells) => JsonRow {
  const words = jsonWords(columns);
  const writeInstant = jsonInstants();
  return (cells) => {
    const row: JsonRow = {};
    columns.forEach(({ id, kind }, at) => {
      const value = words.cell(at, cells[at]);
      if (value !== undefined) row[id] = jsonValue(kind, value, writeInstant);
    });
    return row;
  };
}

export function jsonRows(columns: readonly ColumnHead[], rows: readonly Cells[]): JsonRow[] {
  return rows.map(rowMaker(columns));
}

/** Each piece has a price on its way to the client, and holds memory until it is there. */
const PIECE_CHARACTERS = 128 * 1024;

/** `{…heading,"rows":[…]}`, written while the rows come. */
export async function* writeJson(
  heading: object,
  columns: readonly ColumnHead[],
  batches: RowBatches,
): AsyncGenerator<string> {
  const toRow = rowMaker(columns);
  let text = `${JSON.stringify(heading).slice(0, -1)},"rows":[`;
  let between = "";
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    text += between + JSON.stringify(batch.map(toRow)).slice(1, -1);
    between = ",";
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield `${text}]}`;
}
