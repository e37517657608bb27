import type { Report } from "./report";
import { reportQuery, type ReportQuery } from "./report-query";

/** An account that was seen in the range; times in epoch milliseconds. */
export interface AccountRow {
  companyId: number;
  companyName: string;
  id: number;
  name: string;
  firstSeenAt: number;
  lastSeenAt: number;
}

export const accountsReport: Report<ReportQuery, AccountRow> = {
  name: "accounts",
  title: "Accounts",
  summary: "Every account with the first and the last time an event named it.",
  query: reportQuery,
  columns: (_, { isManyCompanies }) => [
    { id: "userName", header: "Account", kind: "text", value: (row) => row.name },
    ...(isManyCompanies
      ? [
          {
            id: "company",
            header: "Company",
            kind: "text" as const,
            value: (row: AccountRow) => row.companyName,
          },
        ]
      : []),
    { id: "firstSeen", header: "First seen", kind: "instant", value: (row) => row.firstSeenAt },
    { id: "lastSeen", header: "Last seen", kind: "instant", value: (row) => row.lastSeenAt },
    { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
  ],
};
