import type { StretchKind } from "../time-spent/stretch-machine";
import type { Text, TextKey } from "../text";
import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

/** An account on a computer at the moment of a roll call. */
export interface RollCallRow {
  companyId: number;
  companyName: string;
  /** The site under whose key it began. */
  siteId: number;
  siteName: string;
  accountId: number;
  userName: string;
  computerId: number;
  computerName: string;
  state: StretchKind;
  /** Since when in this state, epoch milliseconds. */
  since: number;
}

export const STATE_TEXT: Readonly<Record<StretchKind, TextKey>> = {
  active: "reportStates.active",
  locked: "reportStates.locked",
  uncertain: "reportStates.uncertain",
};

export function rollCallColumns(isManyCompanies: boolean): ReportColumn<RollCallRow>[] {
  return [
    ...sortable<RollCallRow>([
      ...(isManyCompanies ? [companyColumn<RollCallRow>()] : []),
      textColumn("siteName", "reportColumns.site", (row) => row.siteName),
      textColumn("userName", "reportColumns.account", (row) => row.userName),
      textColumn("computerName", "reportColumns.computer", (row) => row.computerName),
      instantColumn("since", "reportColumns.since", (row) => row.since),
      textColumn("state", "reportColumns.state", (row) => row.state, { words: STATE_TEXT }),
    ]),
    integerColumn("accountId", "reports.accountId", (row) => row.accountId, { isOptional: true }),
    integerColumn("computerId", "reports.computerId", (row) => row.computerId, { isOptional: true }),
  ];
}

/** How many are on, at a site or in all. One account on two computers is one account and two sessions. */
export interface RollCallCount extends Readonly<Record<StretchKind, number>> {
  accounts: number;
  sessions: number;
}

export interface SiteCount extends RollCallCount {
  companyId: number;
  companyName: string;
  siteId: number;
  siteName: string;
}

export function countRollCall(rows: readonly RollCallRow[]): RollCallCount {
  const count = { active: 0, locked: 0, uncertain: 0 };
  const accounts = new Set<number>();
  for (const row of rows) {
    count[row.state] += 1;
    accounts.add(row.accountId);
  }
  return { accounts: accounts.size, sessions: rows.length, ...count };
}

/** The counts of each site, in the order in which the rows first name it. */
export function countBySite(rows: readonly RollCallRow[]): SiteCount[] {
  const bySite = new Map<number, RollCallRow[]>();
  for (const row of rows) {
    const ofSite = bySite.get(row.siteId);
    if (ofSite) ofSite.push(row);
    else bySite.set(row.siteId, [row]);
  }
  return [...bySite.values()].map((ofSite) => {
    const { companyId, companyName, siteId, siteName } = ofSite[0]!;
    return { companyId, companyName, siteId, siteName, ...countRollCall(ofSite) };
  });
}

export function accountsText(count: number): Text {
  return { key: "reportStates.accounts", values: { count } };
}

export function sessionsText(count: number): Text {
  return { key: "reportStates.sessions", values: { count } };
}

const STATE_COUNT = {
  active: "reportStates.activeCount",
  locked: "reportStates.lockedCount",
  uncertain: "reportStates.uncertainCount",
} as const satisfies Record<StretchKind, TextKey>;

/** "30 active and 2 locked"; states without anyone are left out. */
export function statesText(count: RollCallCount): Text {
  const told = (["active", "locked", "uncertain"] as const).filter((state) => count[state] > 0);
  const all = told.map((state): Text => ({ key: STATE_COUNT[state], values: { count: count[state] } }));
  return { key: "reportStates.counts", values: { counts: { all } } };
}
