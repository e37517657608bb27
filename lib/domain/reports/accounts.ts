import { z } from "zod";
import { listQueryShape, SORT_WORDS } from "./list-query";
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
const sortWords = ACCOUNT_SORTS.flatMap((id) => [id, `-${id}` as const]);

/** What the list can be held to: signed in somewhere, active somewhere, or not signed in anywhere. */
export const PRESENCE_FILTERS = ["present", "active", "away"] as const;
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number];

export const PRESENCE_FILTER_LABEL: Readonly<Record<PresenceFilter, string>> = {
  present: "Signed in now",
  active: "Active now",
  away: "Not signed in",
};

export const accountsQuery = z.object({
  ...listQueryShape,
  presence: z.enum(PRESENCE_FILTERS).optional().meta({
    description: "Accounts signed in now (present), active now, or signed in nowhere (away).",
  }),
  sort: z.enum(sortWords).default("userName").meta({ description: SORT_WORDS }),
});
export type AccountsQuery = z.output<typeof accountsQuery>;

type Column = ReportColumn<AccountRow>;

const COMPANY: Column = { id: "company", header: "Company", kind: "text", value: (row) => row.companyName };

/** What a row is, on screen, in JSON and in files; `companyNames` is given where several companies are in view. */
export function accountColumns(companyNames: ReadonlyMap<number, string> | null): Column[] {
  return [
    { id: "userName", header: "Account", kind: "text", value: (row) => row.name },
    ...(companyNames ? [COMPANY] : []),
    {
      id: "presence",
      header: "Presence",
      kind: "text",
      value: (row) => (row.activeCount > 0 ? "active" : row.presentCount > 0 ? "locked" : "away"),
    },
    { id: "presentCount", header: "Signed in to", kind: "integer", value: (row) => row.presentCount },
    {
      id: "lastComputerName",
      header: "Last computer",
      kind: "text",
      value: (row) => row.lastComputerName,
    },
    { id: "lastSiteName", header: "Last site", kind: "text", value: (row) => row.lastSiteName },
    { id: "lastUsed", header: "Last session event", kind: "instant", value: (row) => row.lastUsedAt },
    { id: "computers", header: "Computers", kind: "integer", value: (row) => row.computerCount },
    { id: "firstSeen", header: "First seen", kind: "instant", value: (row) => row.firstSeenAt },
    { id: "lastSeen", header: "Last seen", kind: "instant", value: (row) => row.lastSeenAt },
    { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
    {
      id: "companyId",
      header: "Company number",
      kind: "integer",
      value: (row) => row.companyId,
      isOptional: true,
    },
  ];
}
