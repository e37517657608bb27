import { z } from "zod";
import { editOf } from "../edit-input";
import { checkbox, lineText, rowId } from "../form-input";
import { issue, type Text, type TextKey } from "../text";
import { filterParams } from "./table-address";

/** The screens of the tables that can be saved: the page below the company, with what opens the table there. */
const SCREENS = {
  events: { title: "reports.eventsTitle", page: "events" },
  accounts: { title: "reports.accountsTitle", page: "accounts" },
  computers: { title: "reports.computersTitle", page: "computers" },
  "time-spent": { title: "reports.timeSpentTitle", page: "time-spent" },
  logons: { title: "reports.logonsTitle", page: "logons" },
  inactive: { title: "reports.inactiveTitle", page: "logons", fixed: { view: "inactive" } },
  failures: { title: "reports.failuresTitle", page: "failures" },
  "who-was-on": { title: "reports.whoWasOnTitle", page: "who-was-on" },
  "roll-call": { title: "reports.rollCallTitle", page: "who-was-on/roll-call" },
  "concurrent-sessions": { title: "reports.concurrentSessionsTitle", page: "who-was-on/concurrent" },
  alerts: { title: "reports.alertsTitle", page: "alerts" },
  companies: { title: "nav.overview", page: "overview" },
} as const satisfies Record<string, { title: TextKey; page: string; fixed?: Record<string, string> }>;

export type SavableTable = keyof typeof SCREENS;
export const SAVABLE_TABLES = Object.keys(SCREENS) as SavableTable[];

export function isSavableTable(table: string): table is SavableTable {
  return Object.hasOwn(SCREENS, table);
}

/** What the table is called; the name it is stored by where this version does not know the table. */
export function savableTitle(table: string): string | Text {
  return isSavableTable(table) ? { key: SCREENS[table].title } : table;
}

/** Which rows of a table in which order, and which columns are shown. */
export interface ViewQuestion {
  table: string;
  /** The filters and the order as the read API takes them, without the question mark. */
  query: string;
  /** Ids of the read API; empty for the usual columns. */
  columns: readonly string[];
}

/** The address of the screen with the view's filters, order and columns; null for a table without a screen. */
export function viewHref(companyRef: string, { table, query, columns }: ViewQuestion): string | null {
  if (!isSavableTable(table)) return null;
  const screen: { page: string; fixed?: Record<string, string> } = SCREENS[table];
  const params = new URLSearchParams({ ...screen.fixed, ...Object.fromEntries(filterParams(query)) });
  if (columns.length > 0) params.set("columns", columns.join(","));
  const words = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return `/${companyRef}/${screen.page}${words === "" ? "" : `?${words}`}`;
}

/** Whether the view holds to the account, by its id or by its name in the search. `nameKey` folds names. */
export function isViewOfAccount(
  { query }: Pick<ViewQuestion, "query">,
  account: { id: number; name: string },
  nameKey: (name: string) => string,
): boolean {
  const params = new URLSearchParams(query);
  if (params.get("account") === String(account.id)) return true;
  const search = nameKey(params.get("q") ?? params.get("subject") ?? "");
  const whole = nameKey(account.name);
  return search !== "" && (search === whole || search === whole.split("\\").at(-1));
}

const viewName = lineText(100, issue("reports.viewNameMissing"));

export const newViewForm = z.object({
  name: viewName,
  table: z.enum(SAVABLE_TABLES, issue("reports.viewNotSavable")),
  query: z
    .string()
    .max(2_000, issue("reports.viewTooLong"))
    .transform((query) => filterParams(query).toString()),
  columns: z
    .string()
    .max(2_000)
    .default("")
    .transform((ids) => [...new Set(ids.split(",").filter((id) => id !== ""))]),
  shared: checkbox,
});
export const viewChangeForm = editOf({ viewId: rowId }, { name: viewName, shared: checkbox });
export const viewRef = z.object({ viewId: rowId });
