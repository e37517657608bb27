import { z } from "zod";
import { zoneParam } from "./report-query";
import type { ReportColumn } from "./report-table";

/** What the lists of accounts and computers can be asked for. */
export const nameListQuery = z.object({
  q: z.string().trim().max(255).optional().meta({ description: "Contained in the name, in any case." }),
  tz: zoneParam.optional(),
});
export type NameListQuery = z.output<typeof nameListQuery>;

/** An account as the read API lists it; times in epoch milliseconds. */
export interface ListedAccount {
  companyId: number;
  id: number;
  name: string;
  firstSeenAt: number;
  lastSeenAt: number;
}

/** A computer as the read API lists it; times in epoch milliseconds. */
export interface ListedComputer extends ListedAccount {
  /** The site whose key was last used for it. */
  siteName: string | null;
  localIp: string | null;
  publicIp: string | null;
  agentVersion: string | null;
  lastHealthAt: number | null;
}

type CompanyNames = ReadonlyMap<number, string> | null;

function companyColumn<Row extends ListedAccount>(companyNames: CompanyNames): ReportColumn<Row>[] {
  if (!companyNames) return [];
  return [
    {
      id: "company",
      header: "Company",
      kind: "text",
      value: (row) => companyNames.get(row.companyId) ?? null,
    },
  ];
}

function idColumns<Row extends ListedAccount>(): ReportColumn<Row>[] {
  return [
    { id: "id", header: "Number", kind: "integer", isOptional: true, value: (row) => row.id },
    {
      id: "companyId",
      header: "Company number",
      kind: "integer",
      isOptional: true,
      value: (row) => row.companyId,
    },
  ];
}

/** `companyNames` is given where several companies are in view, here and below. */
export function accountColumns(companyNames: CompanyNames): ReportColumn<ListedAccount>[] {
  return [
    { id: "userName", header: "Account", kind: "text", value: (row) => row.name },
    ...companyColumn<ListedAccount>(companyNames),
    { id: "firstSeen", header: "First seen", kind: "instant", value: (row) => row.firstSeenAt },
    { id: "lastSeen", header: "Last seen", kind: "instant", value: (row) => row.lastSeenAt },
    ...idColumns<ListedAccount>(),
  ];
}

export function computerColumns(companyNames: CompanyNames): ReportColumn<ListedComputer>[] {
  return [
    { id: "computerName", header: "Computer", kind: "text", value: (row) => row.name },
    ...companyColumn<ListedComputer>(companyNames),
    { id: "siteName", header: "Site", kind: "text", value: (row) => row.siteName },
    { id: "firstSeen", header: "First seen", kind: "instant", value: (row) => row.firstSeenAt },
    { id: "lastSeen", header: "Last seen", kind: "instant", value: (row) => row.lastSeenAt },
    { id: "lastHealth", header: "Last health check", kind: "instant", value: (row) => row.lastHealthAt },
    { id: "localIp", header: "Local IP", kind: "text", value: (row) => row.localIp },
    { id: "publicIp", header: "Public IP", kind: "text", value: (row) => row.publicIp },
    { id: "agentVersion", header: "Agent version", kind: "text", value: (row) => row.agentVersion },
    ...idColumns<ListedComputer>(),
  ];
}
