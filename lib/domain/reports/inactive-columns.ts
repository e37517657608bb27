import type { TextKey } from "../text";
import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

export const DEFAULT_INACTIVE_DAYS = 30;

export const INACTIVE_TYPES = ["account", "computer"] as const;
export type InactiveType = (typeof INACTIVE_TYPES)[number];

/** An account or computer that was not seen for long; times in epoch milliseconds. */
export interface InactiveRow {
  companyId: number;
  companyName: string;
  id: number;
  name: string;
  firstSeenAt: number;
  lastSeenAt: number;
  /** Whole days of 24 hours since it was seen. */
  days: number;
}

const name = (id: string, header: TextKey): ReportColumn<InactiveRow> =>
  textColumn(id, header, (row) => row.name, { sortId: "name" });
const NAME = {
  account: name("userName", "reportColumns.account"),
  computer: name("computerName", "reportColumns.computer"),
};

export function inactiveColumns(type: InactiveType, isManyCompanies: boolean): ReportColumn<InactiveRow>[] {
  return [
    ...sortable<InactiveRow>([
      NAME[type],
      ...(isManyCompanies ? [companyColumn<InactiveRow>()] : []),
      integerColumn("days", "reportColumns.daysInactive", (row) => row.days),
      instantColumn("lastSeen", "reportColumns.lastSeen", (row) => row.lastSeenAt),
      instantColumn("firstSeen", "reportColumns.firstSeen", (row) => row.firstSeenAt),
    ]),
    integerColumn("id", "reports.id", (row) => row.id, { isOptional: true }),
  ];
}
