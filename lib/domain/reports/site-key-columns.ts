import type { Text, TextKey } from "../text";
import { HEALTH_WORDS } from "./computer-columns";
import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
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
  /** Silent: the site has sent nothing for longer than its company allows. Null while none of its company ever reported. */
  health: "silent" | "reporting" | null;
  /** The last report of a silent site; null where it never reported. */
  silentSince: number | null;
}

/** A key by its description, or by its number without one; null for a site without a key. */
export function keyLabel({ keyId, description }: SiteKeyRow): string | Text | null {
  if (description !== null) return description;
  return keyId === null ? null : { key: "reportColumns.keyName", values: { id: keyId } };
}

export const SITE_KEY_COLUMNS: readonly ReportColumn<SiteKeyRow>[] = [
  ...sortable<SiteKeyRow>([
    companyColumn(),
    textColumn("siteName", "reportColumns.site", (row) => row.siteName),
    textColumn("description", "reportColumns.key", keyLabel, {
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
  textColumn("siteHealth", "reportColumns.siteHealth", (row) => row.health, {
    words: HEALTH_WORDS,
  }),
  instantColumn("silentSince", "reportColumns.silentSince", (row) => row.silentSince),
  integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  integerColumn("siteId", "reports.siteId", (row) => row.siteId, { isOptional: true }),
  integerColumn("keyId", "reports.keyId", (row) => row.keyId, { isOptional: true }),
];
