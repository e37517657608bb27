import { companyColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

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

const name = (id: string, header: string): ReportColumn<InactiveRow> =>
  textColumn(id, header, (row) => row.name, { sortId: "name" });
const NAME = { account: name("userName", "Account"), computer: name("computerName", "Computer") };

export function inactiveColumns(type: InactiveType, isManyCompanies: boolean): ReportColumn<InactiveRow>[] {
  return [
    ...sortable<InactiveRow>([
      NAME[type],
      ...(isManyCompanies ? [companyColumn<InactiveRow>()] : []),
      integerColumn("days", "Days silent", (row) => row.days),
      instantColumn("lastSeen", "Last seen", (row) => row.lastSeenAt),
      instantColumn("firstSeen", "First seen", (row) => row.firstSeenAt),
    ]),
    integerColumn("id", "Number", (row) => row.id, { isOptional: true }),
  ];
}
