import type {
  CellKind,
  Cells,
  CellValue,
  ColumnHead,
  PlainBatches,
  PlainCells,
  PlainValue,
  RowBatches,
} from "@/lib/domain/reports/report-table";
import { wordText, type Reader, type TextKey } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import { cellText, minuteText, type CellStyle } from "./cell-text";

/** A column as a writer of files has it. */
export interface FileColumn {
  id: string;
  header: string;
  kind: CellKind;
}

/** Without functions, so that they can go to another thread. */
export function wordColumns(columns: readonly ColumnHead[], reader: Reader): FileColumn[] {
  return columns.map(({ id, header, kind }) => ({ id, header: wordText(header, reader), kind }));
}

/** For the cells of a file: times in sentences are in its zone, which its heading names. */
export function fileCellWords(columns: readonly ColumnHead[], zone: IanaZone, reader: Reader): CellWords {
  return new CellWords(columns, { ...reader, writeTime: (at) => minuteText(at, zone) });
}

/** Words the texts of rows, and in files the values that have words. Most texts come again and again. */
export class CellWords {
  private readonly known = new Map<TextKey, string>();

  constructor(
    private readonly columns: readonly Pick<ColumnHead, "words">[],
    private readonly reader: Reader,
  ) {}

  /** A row may have more cells than there are columns, as in the summary of a scheduled report. */
  row(cells: Cells): PlainCells {
    return this.columns.map((_, at) => this.cell(at, cells[at]));
  }

  /** The value of the column at this place. */
  cell(at: number, value: CellValue | undefined): PlainValue | undefined {
    if (typeof value === "object" && value !== null) {
      return value.values ? wordText(value, this.reader) : this.plain(value.key);
    }
    if (typeof value !== "string") return value;
    const { words } = this.columns[at]!;
    return words && Object.hasOwn(words, value) ? this.plain(words[value]!) : value;
  }

  private plain(key: TextKey): string {
    let text = this.known.get(key);
    if (text === undefined) this.known.set(key, (text = this.reader.translate(key)));
    return text;
  }
}

export async function* wordBatches(batches: RowBatches, words: CellWords): PlainBatches {
  for await (const batch of batches) yield batch.map((cells) => words.row(cells));
}

export type CellTexts = (cells: Cells) => string[];

/** Writes rows as people read them. */
export function cellTexts(columns: readonly ColumnHead[], style: CellStyle, reader: Reader): CellTexts {
  const words = fileCellWords(columns, style.zone, reader);
  return (cells) => words.row(cells).map((value, at) => cellText(columns[at]!.kind, value, style));
}
