import type { TextKey } from "../text";
import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

/** An account with where it was last; instants in epoch milliseconds, null where nothing is known. */
export interface AccountRow {
  companyId: number;
  companyName: string;
  id: number;
  name: string;
  firstSeenAt: number;
  lastSeenAt: number;
  /** Where it last began, paused or ended a session. */
  lastComputerId: number | null;
  lastComputerName: string | null;
  lastSiteName: string | null;
  lastUsedAt: number | null;
  /** Computers on which it ever had a session. */
  computerCount: number;
  /** Computers it is signed in to now, and those of them where it is active. */
  presentCount: number;
  activeCount: number;
}

/** Ids of the columns that rows can be sorted by; equal rows stand by company and number. */
export const ACCOUNT_SORTS = ["userName", "company", "lastSeen", "firstSeen"] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

/** What the list can be held to: signed in somewhere, active somewhere, or not signed in anywhere. */
export const PRESENCE_FILTERS = ["present", "active", "away"] as const;
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number];

export const PRESENCE_FILTER_TEXT: Readonly<Record<PresenceFilter, TextKey>> = {
  present: "reportStates.signedInNow",
  active: "reportStates.activeNow",
  away: "reportStates.notSignedIn",
};

const PRESENCE_WORDS: Readonly<Record<string, TextKey>> = {
  active: "reportStates.active",
  locked: "reportStates.locked",
  away: "reportStates.notSignedIn",
};

function presenceOf({ activeCount, presentCount }: AccountRow): string {
  if (activeCount > 0) return "active";
  return presentCount > 0 ? "locked" : "away";
}

export function accountColumns(isManyCompanies: boolean): ReportColumn<AccountRow>[] {
  return [
    ...sortable<AccountRow>([
      textColumn("userName", "reportColumns.account", (row) => row.name),
      ...(isManyCompanies ? [companyColumn<AccountRow>()] : []),
    ]),
    textColumn("presence", "reportColumns.presence", presenceOf, { words: PRESENCE_WORDS }),
    integerColumn("presentCount", "reportColumns.signedInTo", (row) => row.presentCount),
    textColumn("lastComputerName", "reportColumns.lastComputer", (row) => row.lastComputerName),
    textColumn("lastSiteName", "reportColumns.lastSite", (row) => row.lastSiteName),
    instantColumn("lastUsed", "reportColumns.lastSessionEvent", (row) => row.lastUsedAt),
    integerColumn("computers", "reportColumns.computers", (row) => row.computerCount),
    ...sortable<AccountRow>([
      instantColumn("firstSeen", "reportColumns.firstSeen", (row) => row.firstSeenAt),
      instantColumn("lastSeen", "reportColumns.lastSeen", (row) => row.lastSeenAt),
    ]),
    integerColumn("id", "reports.id", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  ];
}
