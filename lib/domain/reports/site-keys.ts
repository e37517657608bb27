import { z } from "zod";
import type { Text, TextKey } from "../text";
import { companyColumn, instantColumn, integerColumn, sortable, sortWordsOf, textColumn } from "./columns";
import { filterText } from "./filter-text";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

/** How a key stands: usable, about to end after a rotation, past its expiry, or switched off; none for a site without. */
export const KEY_STATES = ["active", "ending", "expired", "disabled", "none"] as const;
export type ListedKeyState = (typeof KEY_STATES)[number];

export const KEY_STATE_TEXT: Readonly<Record<ListedKeyState, TextKey>> = {
  active: "reportStates.active",
  ending: "reportStates.ending",
  expired: "reportStates.expired",
  disabled: "reportStates.disabled",
  none: "reportStates.noKey",
};

/** A key with its site, or a site without a key; instants in epoch milliseconds. */
export interface SiteKeyRow {
  companyId: number;
  companyName: string;
  siteId: number;
  siteName: string;
  keyId: number | null;
  /** The key's description; null where it has none. */
  description: string | null;
  /** The key's last four characters; null when they cannot be read. */
  end: string | null;
  scopes: readonly string[];
  state: ListedKeyState;
  createdAt: number | null;
  expiresAt: number | null;
  lastUsedAt: number | null;
  /** Requests of the present UTC day. */
  acceptedToday: number | null;
  rejectedToday: number | null;
  /** Of the site. */
  computers: number;
  lastEventAt: number | null;
}

/** Of a key without a description. */
function keyName({ keyId }: SiteKeyRow): Text | null {
  return keyId === null ? null : { key: "reportColumns.keyName", values: { id: keyId } };
}

export const SITE_KEY_COLUMNS: readonly ReportColumn<SiteKeyRow>[] = [
  ...sortable<SiteKeyRow>([
    companyColumn(),
    textColumn("siteName", "reportColumns.site", (row) => row.siteName),
    textColumn("description", "reportColumns.key", (row) => row.description ?? keyName(row), {
      order: (row) => row.description ?? (row.keyId && `Key ${row.keyId}`),
    }),
  ]),
  textColumn("keyEnd", "reportColumns.keyEnd", (row) => row.end),
  ...sortable<SiteKeyRow>([
    textColumn("state", "reportColumns.state", (row) => ({ key: KEY_STATE_TEXT[row.state] }), {
      order: (row) => row.state,
    }),
    {
      ...instantColumn<SiteKeyRow>("expires", "reportColumns.expires", (row) => row.expiresAt),
      firstSort: "asc",
    },
    instantColumn("lastUsed", "reportColumns.lastUsed", (row) => row.lastUsedAt),
    integerColumn("acceptedToday", "reportColumns.acceptedToday", (row) => row.acceptedToday),
    integerColumn("rejectedToday", "reportColumns.rejectedToday", (row) => row.rejectedToday),
  ]),
  textColumn("scopes", "reportColumns.scopes", (row) => row.scopes.join(", ")),
  ...sortable<SiteKeyRow>([
    integerColumn("computers", "reportColumns.siteComputers", (row) => row.computers),
    instantColumn("lastEvent", "reportColumns.siteLastEvent", (row) => row.lastEventAt),
    instantColumn("created", "reportColumns.created", (row) => row.createdAt),
  ]),
  integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  integerColumn("siteId", "reports.siteId", (row) => row.siteId, { isOptional: true }),
  integerColumn("keyId", "reports.keyId", (row) => row.keyId, { isOptional: true }),
];

export const siteKeysQuery = z.object({
  ...reportQueryShape,
  q: reportQueryShape.q.meta({
    description:
      "Text in the name of the company or the site or in the key's description, not case-sensitive, or a key's last four characters.",
  }),
  state: z
    .enum(KEY_STATES)
    .optional()
    .meta({ description: "Only keys in this state; none for sites without a key." }),
  sort: z.enum(sortWordsOf(SITE_KEY_COLUMNS)).default("company").meta({
    description:
      "A column to sort by; a leading - reverses the order. Equal rows are sorted by company, site, and age.",
  }),
});
export type SiteKeysQuery = z.output<typeof siteKeysQuery>;

export const siteKeysReport: Report<SiteKeysQuery, SiteKeyRow> = {
  name: "site-keys",
  title: "reports.siteKeysTitle",
  apiSummary:
    "Sites and API keys of every company whose keys you manage, with state, expiry, last use, and requests. Only for signed-in users. The range has no effect.",
  action: "site:manage",
  isForPeople: true,
  query: siteKeysQuery,
  range: (_, now) => ({ from: now, to: now }),
  columns: () => SITE_KEY_COLUMNS,
  filterWords: ({ state }) =>
    state ? [filterText("reportColumns.state", { key: KEY_STATE_TEXT[state] })] : [],
};
