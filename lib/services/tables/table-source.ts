import type { z } from "zod";
import type { Cells, ColumnHead, RowBatches, Totals } from "@/lib/domain/reports/report-table";
import type { SubjectParam, TableScreen } from "@/lib/domain/reports/report";
import type { Reader, Text, TextKey } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import type { Actor } from "@/lib/domain/actor";
import type { CompanyAction } from "@/lib/domain/permissions";
import type { CompanyScope } from "@/lib/services/access/read-access";

/** A question to a source, its caller proved to be allowed to ask it. */
export interface TableAsk {
  scope: CompanyScope;
  params: URLSearchParams;
  /** The zone of the view, which `tz=` may change. */
  viewZone: IanaZone;
  /** Who asks; null for a key. */
  actor: Actor | null;
  /** Those of the scope by id, where several are in view and each row needs the name of its own; else null. */
  companyNames: ReadonlyMap<number, string> | null;
  /** Epoch milliseconds. */
  now: number;
  signal: AbortSignal;
}

/** An answer in progress: nothing is read before `batches` or `page` are called. */
export interface OpenedTable {
  columns: readonly ColumnHead[];
  zone: IanaZone;
  /** Epoch milliseconds; null where the answer has no range, `to` null where it is open. */
  range: { from: number; to: number | null } | null;
  /** The filters, for the heading of a file. */
  filterWords: () => Promise<Text[]>;
  /** Every row that the filters select. */
  batches: () => RowBatches;
  /** What the rows come to, for the end of a file; known once `batches` has given them all. */
  totals?: Totals | undefined;
  /** The same rows as lines of a CSV file, where the database writes these columns by itself; quicker by far. */
  lines?: ((columns: readonly ColumnHead[], reader: Reader) => AsyncGenerator<string>) | undefined;
  /** The part of them that `after` and `limit` ask for, for JSON; absent where JSON is whole. */
  page?: () => Promise<{ rows: readonly Cells[]; next: string | null }>;
}

/** A table of the read API; only the table itself knows its rows and columns. */
export interface TableSource {
  /** The beginning of file names, and of addresses: `time-spent`. */
  name: string;
  title: TextKey;
  /** In English, for the description of the API. */
  apiSummary: string;
  /** Its own screen, whose views can be saved. */
  screen?: TableScreen | undefined;
  /** It can't be asked without one of these parameters. */
  needs?: readonly SubjectParam[] | undefined;
  /** The query's range decides which rows there are; it doesn't for tables about a moment or about now. */
  hasRange: boolean;
  /** What a session must be allowed to do in a company to read it there; absent where every member may. */
  action?: CompanyAction | undefined;
  /** No API key reads it. */
  isForPeople?: boolean | undefined;
  /** Its own parameters; those common to all (company, format, columns, bom) are not among them. */
  query: z.ZodObject;
  /** On paper each row begins with a box to tick. */
  hasTickBoxes?: boolean | undefined;
  /** Its JSON is read page by page, in the queue of lists, each page being small enough to need no place among the reports. */
  isPaged: boolean;
  /** Every column there may be, and whether it is there whatever is asked for. */
  describeColumns: () => { column: ColumnHead; isAlways: boolean }[];
  /** @throws AppError `invalid` naming the parameters that are wrong. */
  open: (ask: TableAsk) => OpenedTable;
}
