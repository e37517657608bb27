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

const health = (row: ComputerRow) => healthOf(row, row.readAt);

function clockSeconds({ clockSkewMs }: ComputerRow): number | null {
  return clockSkewMs === null ? null : Math.round(clockSkewMs / 1000);
}

export function computerColumns(isManyCompanies: boolean): ReportColumn<ComputerRow>[] {
  return [
    ...sortable<ComputerRow>([
      ...(isManyCompanies ? [companyColumn<ComputerRow>()] : []),
      textColumn("computerName", "Computer", (row) => row.name),
      textColumn("siteName", "Site", (row) => row.siteName),
    ]),
    textColumn("health", "Health", (row) => (health(row).isSilent ? "silent" : "reporting")),
    instantColumn("silentSince", "Silent since", (row) => health(row).silentSince),
    textColumn("lastUserName", "Last user", (row) => row.lastUserName),
    instantColumn("lastUsed", "Last used", (row) => row.lastUsedAt),
    integerColumn("presentCount", "Signed in now", (row) => row.presentCount),
    ...sortable<ComputerRow>([
      instantColumn("firstSeen", "First seen", (row) => row.firstSeenAt),
      instantColumn("lastSeen", "Last seen", (row) => row.lastSeenAt),
    ]),
    instantColumn("lastHealth", "Last health check", (row) => row.lastHealthAt),
    textColumn("localIp", "Local IP", (row) => row.localIp),
    textColumn("publicIp", "Public IP", (row) => row.publicIp),
    ...sortable<ComputerRow>([textColumn("agentVersion", "Agent version", (row) => row.agentVersion)]),
    flagColumn("isAgentOutdated", "Agent out of date", (row) => row.isAgentOutdated),
    ...sortable<ComputerRow>([integerColumn("spoolLength", "Events waiting", (row) => row.spoolLength)]),
    integerColumn("lostEvents", "Events lost", (row) => health(row).lostEvents),
    integerColumn("clockSkewSeconds", "Clock ahead, seconds", clockSeconds),
    integerColumn("id", "Number", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
  ];
}
