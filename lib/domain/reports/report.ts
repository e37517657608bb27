import type { z } from "zod";
import type { Actor } from "../actor";
import type { CompanyAction } from "../permissions";
import type { Text, TextKey } from "../text";
import type { IanaZone } from "../zones";
import type { CellValue, ReportColumn } from "./report-table";
import type { rangeQueryShape, ReportQuery } from "./report-query";
import type { ReportRange } from "./report-range";

/** What of the view, besides the query, decides which columns there are. */
export interface ReportView {
  /** Rows of several companies stand together, so each needs the name of its own. */
  isManyCompanies: boolean;
}

export type TotalsRow = Readonly<Record<string, CellValue>>;

/** A parameter that names one row by its id. */
export type SubjectParam = "account" | "computer";

/** Where a table's screen is, below the company's address. */
export interface TableScreen {
  page: string;
  /** What opens the table there besides its own parameters. */
  fixed?: Readonly<Record<string, string>>;
}

/** A report as its screen, the read API, its files and its description in OpenAPI share it. */
export interface Report<Query extends ReportQuery, Row> {
  /** The segment of its address and the beginning of its file names: `time-spent`. */
  name: string;
  title: TextKey;
  /** One sentence in English, for the API's description. */
  apiSummary: string;
  /** Its own screen; with one, people can save views of it and have these sent. */
  screen?: TableScreen;
  /** It can't be asked without one of these parameters. */
  needs?: readonly SubjectParam[];
  /** What a session must be allowed to do in a company to read it there; absent where every member may. */
  action?: CompanyAction;
  /** It is about people and secrets of the portal, so no API key reads it. */
  isForPeople?: boolean;
  /** Of reportQueryShape what the report applies, with its own parameters, snake_case as `group_by`. */
  query: z.ZodObject<typeof rangeQueryShape & z.ZodRawShape, z.core.$strip> & z.ZodType<Query>;
  /** In their order; what the query and the view ask for may change which there are. */
  columns: (query: Query, view: ReportView) => readonly ReportColumn<Row>[];
  /**
   * The range of a report about a moment or about now, of which the query's range, from and to decide nothing; `from` and
   * `to` are equal.
   */
  range?: (query: Query, now: number, zone: IanaZone) => ReportRange;
  /** The report's own parameters as the heading of a file says them: "Grouped by account". Nothing for defaults. */
  filterWords?: (query: Query) => readonly Text[];
  /** What all rows come to, as further rows at the end of a file, by the columns' ids. Not in JSON. */
  totals?: (rows: readonly Row[], query: Query) => readonly TotalsRow[];
  /** On paper each row begins with a box to tick. */
  hasTickBoxes?: boolean;
}

/** What a report's screen is told besides its rows. */
export interface ReportScreenProps<Query> {
  query: Query;
  range: ReportRange;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  /** Parameters of the address that made no sense and are left out. */
  ignored: readonly string[];
  /** `all` or the company's id, as in the address: what links lead to. */
  companyRef: string;
  /** The same for files: the id of the company that a list of all is held to. */
  heldRef: string;
  /** Given when the list is of several companies. */
  companyNames?: Readonly<Record<number, string>> | undefined;
  /** The companies to one of which the list can be held or is; given when several are in view. */
  companyChoices?: Readonly<Record<number, string>> | undefined;
}

/** What a report is asked for once its range and its zone are known. */
export interface ReportAsk<Query extends ReportQuery> {
  query: Query;
  range: ReportRange;
  zone: IanaZone;
  /** Epoch milliseconds. */
  now: number;
  /** Who asks; null for a key, absent for the portal itself. */
  actor?: Actor | null;
  /** Raised when the reader leaves; hand it to readWithin, which then stops the statement. */
  signal?: AbortSignal | undefined;
}
