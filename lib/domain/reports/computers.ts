import { z } from "zod";
import { HEALTH_FILTERS, healthOf, type HealthFacts } from "../fleet/computer-health";
import { listQueryShape, SORT_WORDS } from "./list-query";
import type { ReportColumn } from "./report-table";

/** A computer with its last user; instants in epoch milliseconds, null where nothing is known. */
export interface ComputerRow extends HealthFacts {
  companyId: number;
  companyName: string;
  id: number;
  name: string;
  siteId: number | null;
  siteName: string | null;
  firstSeenAt: number;
  lastHealthAt: number | null;
  /** Who last began, paused or ended a session there. */
  lastAccountId: number | null;
  lastUserName: string | null;
  lastUsedAt: number | null;
  /** Accounts signed in there now. */
  presentCount: number;
  localIp: string | null;
  publicIp: string | null;
  agentVersion: string | null;
  isAgentOutdated: boolean;
  /** When the row was read, which decides whether the computer is silent. */
  readAt: number;
}

/** Ids of the columns that rows can be sorted by; equal rows stand by company and number. */
export const COMPUTER_SORTS = [
  "computerName",
  "company",
  "siteName",
  "lastSeen",
  "firstSeen",
  "agentVersion",
  "spoolLength",
] as const;
export type ComputerSort = (typeof COMPUTER_SORTS)[number];
const sortWords = COMPUTER_SORTS.flatMap((id) => [id, `-${id}` as const]);

/** `version=` for agents older than the one on offer, and for computers that never told theirs. */
export const OUTDATED = "outdated";
export const UNKNOWN_VERSION = "unknown";

export const computersQuery = z.object({
  ...listQueryShape,
  health: z.enum(HEALTH_FILTERS).optional().meta({
    description:
      "Computers in this state: reporting, silent, clock (wrong), backlog (events waiting), lost (events given up).",
  }),
  version: z.string().trim().min(1).max(255).optional().meta({
    description:
      "An agent version; outdated for those older than the agent on offer, unknown for those never told.",
  }),
  sort: z.enum(sortWords).default("computerName").meta({ description: SORT_WORDS }),
});
export type ComputersQuery = z.output<typeof computersQuery>;

type Column = ReportColumn<ComputerRow>;

const COMPANY: Column = { id: "company", header: "Company", kind: "text", value: (row) => row.companyName };

const health = (row: ComputerRow) => healthOf(row, row.readAt);

/** What a row is, on screen, in JSON and in files; `companyNames` is given where several companies are in view. */
export function computerColumns(companyNames: ReadonlyMap<number, string> | null): Column[] {
  return [
    { id: "computerName", header: "Computer", kind: "text", value: (row) => row.name },
    ...(companyNames ? [COMPANY] : []),
    { id: "siteName", header: "Site", kind: "text", value: (row) => row.siteName },
    {
      id: "health",
      header: "Health",
      kind: "text",
      value: (row) => (health(row).isSilent ? "silent" : "reporting"),
    },
    { id: "silentSince", header: "Silent since", kind: "instant", value: (row) => health(row).silentSince },
    { id: "lastUserName", header: "Last user", kind: "text", value: (row) => row.lastUserName },
    { id: "lastUsed", header: "Last used", kind: "instant", value: (row) => row.lastUsedAt },
    { id: "presentCount", header: "Signed in now", kind: "integer", value: (row) => row.presentCount },
    { id: "firstSeen", header: "First seen", kind: "instant", value: (row) => row.firstSeenAt },
    { id: "lastSeen", header: "Last seen", kind: "instant", value: (row) => row.lastSeenAt },
    { id: "lastHealth", header: "Last health check", kind: "instant", value: (row) => row.lastHealthAt },
    { id: "localIp", header: "Local IP", kind: "text", value: (row) => row.localIp },
    { id: "publicIp", header: "Public IP", kind: "text", value: (row) => row.publicIp },
    { id: "agentVersion", header: "Agent version", kind: "text", value: (row) => row.agentVersion },
    { id: "isAgentOutdated", header: "Agent out of date", kind: "flag", value: (row) => row.isAgentOutdated },
    { id: "spoolLength", header: "Events waiting", kind: "integer", value: (row) => row.spoolLength },
    { id: "lostEvents", header: "Events lost", kind: "integer", value: (row) => health(row).lostEvents },
    {
      id: "clockSkewSeconds",
      header: "Clock ahead, seconds",
      kind: "integer",
      value: (row) => (row.clockSkewMs === null ? null : Math.round(row.clockSkewMs / 1000)),
    },
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
