import { z } from "zod";
import { companyColumn, instantColumn, integerColumn, sortable, sortWordsOf, textColumn } from "./columns";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import type { ReportColumn } from "./report-table";

/** How a key stands: usable, about to end after a rotation, past its expiry, or switched off; none for a site without. */
export const KEY_STATES = ["active", "ending", "expired", "disabled", "none"] as const;
export type ListedKeyState = (typeof KEY_STATES)[number];

export const KEY_STATE_LABEL: Readonly<Record<ListedKeyState, string>> = {
  active: "Active",
  ending: "Ending",
  expired: "Expired",
  disabled: "Disabled",
  none: "No key",
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

export const SITE_KEY_COLUMNS: readonly ReportColumn<SiteKeyRow>[] = [
  ...sortable<SiteKeyRow>([
    companyColumn(),
    textColumn("siteName", "Site", (row) => row.siteName),
    textColumn("description", "Key", (row) => row.description ?? (row.keyId && `Key ${row.keyId}`)),
  ]),
  textColumn("keyEnd", "Ends in", (row) => row.end),
  ...sortable<SiteKeyRow>([
    textColumn("state", "State", (row) => KEY_STATE_LABEL[row.state]),
    { ...instantColumn<SiteKeyRow>("expires", "Expires", (row) => row.expiresAt), firstSort: "asc" },
    instantColumn("lastUsed", "Last used", (row) => row.lastUsedAt),
    integerColumn("acceptedToday", "Accepted today", (row) => row.acceptedToday),
    integerColumn("rejectedToday", "Rejected today", (row) => row.rejectedToday),
  ]),
  textColumn("scopes", "Scopes", (row) => row.scopes.join(", ")),
  ...sortable<SiteKeyRow>([
    integerColumn("computers", "Computers of the site", (row) => row.computers),
    instantColumn("lastEvent", "Last event of the site", (row) => row.lastEventAt),
    instantColumn("created", "Created", (row) => row.createdAt),
  ]),
  integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
  integerColumn("siteId", "Site number", (row) => row.siteId, { isOptional: true }),
  integerColumn("keyId", "Key number", (row) => row.keyId, { isOptional: true }),
];

export const siteKeysQuery = z.object({
  ...reportQueryShape,
  q: reportQueryShape.q.meta({
    description:
      "Contained in the name of the company or the site or in the key's description, in any case; or a key's last four characters.",
  }),
  state: z.enum(KEY_STATES).optional().meta({ description: "Only keys in this state; none: sites without." }),
  sort: z.enum(sortWordsOf(SITE_KEY_COLUMNS)).default("company").meta({
    description: "A column; with - before it the other way round. Equal rows stand by company, site and age.",
  }),
});
export type SiteKeysQuery = z.output<typeof siteKeysQuery>;

export const siteKeysReport: Report<SiteKeysQuery, SiteKeyRow> = {
  name: "site-keys",
  title: "Sites and API keys",
  summary:
    "The sites of every company whose keys the reader manages, with each key: its state, expiry, last use and requests. Only for signed-in people; the range is of no matter.",
  action: "site:manage",
  isForPeople: true,
  query: siteKeysQuery,
  range: (_, now) => ({ from: now, to: now }),
  columns: () => SITE_KEY_COLUMNS,
  filterWords: ({ state }) => (state ? [`State: ${KEY_STATE_LABEL[state]}`] : []),
};
