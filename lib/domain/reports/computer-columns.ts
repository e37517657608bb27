import type { TextKey } from "../text";
import { healthOf, type HealthFacts } from "../fleet/computer-health";
import { companyColumn, flagColumn, instantColumn, integerColumn, sortable, textColumn } from "./columns";
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

/** Of computers and of sites. */
export const HEALTH_WORDS: Readonly<Record<"silent" | "reporting", TextKey>> = {
  silent: "reportStates.silent",
  reporting: "reportStates.reporting",
};

const health = (row: ComputerRow) => healthOf(row, row.readAt);

function clockSeconds({ clockSkewMs }: ComputerRow): number | null {
  return clockSkewMs === null ? null : Math.round(clockSkewMs / 1000);
}

/** `version=` for agents older than the one on offer, and for computers that never told theirs. */
export const OUTDATED = "outdated";
export const UNKNOWN_VERSION = "unknown";

export function computerColumns(isManyCompanies: boolean): ReportColumn<ComputerRow>[] {
  return [
    ...sortable<ComputerRow>([
      ...(isManyCompanies ? [companyColumn<ComputerRow>()] : []),
      textColumn("computerName", "reportColumns.computer", (row) => row.name),
      textColumn("siteName", "reportColumns.site", (row) => row.siteName),
    ]),
    textColumn("health", "reportColumns.health", (row) => (health(row).isSilent ? "silent" : "reporting"), {
      words: HEALTH_WORDS,
    }),
    instantColumn("silentSince", "reportColumns.silentSince", (row) => health(row).silentSince),
    textColumn("lastUserName", "reportColumns.lastUser", (row) => row.lastUserName),
    instantColumn("lastUsed", "reportColumns.lastUsed", (row) => row.lastUsedAt),
    integerColumn("presentCount", "reportColumns.signedInNow", (row) => row.presentCount),
    ...sortable<ComputerRow>([
      instantColumn("firstSeen", "reportColumns.firstSeen", (row) => row.firstSeenAt),
      instantColumn("lastSeen", "reportColumns.lastSeen", (row) => row.lastSeenAt),
    ]),
    instantColumn("lastHealth", "reportColumns.lastHealthCheck", (row) => row.lastHealthAt),
    textColumn("localIp", "reportColumns.localIp", (row) => row.localIp),
    textColumn("publicIp", "reportColumns.publicIp", (row) => row.publicIp),
    ...sortable<ComputerRow>([
      textColumn("agentVersion", "reportColumns.agentVersion", (row) => row.agentVersion),
    ]),
    flagColumn("isAgentOutdated", "reportColumns.agentOutdated", (row) => row.isAgentOutdated),
    ...sortable<ComputerRow>([
      integerColumn("spoolLength", "reportColumns.eventsWaiting", (row) => row.spoolLength),
    ]),
    integerColumn("lostEvents", "reportColumns.eventsLost", (row) => health(row).lostEvents),
    integerColumn("clockSkewSeconds", "reportColumns.clockAheadSeconds", clockSeconds),
    integerColumn("id", "reports.id", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  ];
}
