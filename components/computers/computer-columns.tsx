"use client";

import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { ExactTime } from "@/components/time/exact-time";
import { RelativeTime } from "@/components/time/relative-time";
import type { ComputerRow } from "@/lib/domain/reports/computers";
import { AgentVersion } from "./agent-version";
import { HealthBadges } from "./health-badges";

/** The ids are those of the read API, which sort and export by them. */
export function computerColumns(zone: string, isManyCompanies: boolean): DataTableColumn<ComputerRow>[] {
  const company: DataTableColumn<ComputerRow>[] = isManyCompanies
    ? [{ id: "company", header: "Company", firstSort: "asc", cell: ({ companyName }) => companyName }]
    : [];
  return [
    {
      id: "computerName",
      header: "Computer",
      firstSort: "asc",
      isIdentity: true,
      cell: ({ companyId, id, name }) => (
        <Link href={`/${companyId}/computers/${id}`} className="font-medium text-link hover:underline">
          {name}
        </Link>
      ),
    },
    ...company,
    { id: "siteName", header: "Site", firstSort: "asc", cell: ({ siteName }) => siteName ?? "–" },
    {
      id: "health",
      header: "Health",
      exportIds: ["health", "silentSince", "lostEvents", "clockSkewSeconds"],
      cell: (row) => <HealthBadges computer={row} />,
    },
    { id: "lastUserName", header: "Last user", cell: (row) => <LastUser row={row} /> },
    {
      id: "lastSeen",
      header: "Last seen",
      firstSort: "desc",
      cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} zone={zone} className="whitespace-nowrap" />,
    },
    {
      id: "agentVersion",
      header: "Agent",
      exportIds: ["agentVersion", "isAgentOutdated"],
      firstSort: "asc",
      cell: ({ agentVersion, isAgentOutdated }) => (
        <AgentVersion version={agentVersion} isOutdated={isAgentOutdated} />
      ),
    },
    ...quietColumns(zone),
  ];
}

/** Hidden until asked for. */
function quietColumns(zone: string): DataTableColumn<ComputerRow>[] {
  return [
    {
      id: "spoolLength",
      header: "Events waiting",
      align: "end",
      firstSort: "desc",
      isHiddenAtFirst: true,
      cell: ({ spoolLength }) => (spoolLength === null ? "–" : spoolLength.toLocaleString("en")),
    },
    {
      id: "presentCount",
      header: "Signed in now",
      align: "end",
      isHiddenAtFirst: true,
      cell: ({ presentCount }) => presentCount,
    },
    {
      id: "firstSeen",
      header: "First seen",
      firstSort: "desc",
      isHiddenAtFirst: true,
      cell: ({ firstSeenAt }) => (
        <ExactTime at={firstSeenAt} zone={zone} className="tabular whitespace-nowrap" />
      ),
    },
    {
      id: "lastHealth",
      header: "Last health check",
      isHiddenAtFirst: true,
      cell: ({ lastHealthAt }) =>
        lastHealthAt === null ? "Never" : <RelativeTime at={lastHealthAt} zone={zone} />,
    },
    { id: "localIp", header: "Local IP", isHiddenAtFirst: true, cell: ({ localIp }) => localIp ?? "–" },
    { id: "publicIp", header: "Public IP", isHiddenAtFirst: true, cell: ({ publicIp }) => publicIp ?? "–" },
  ];
}

function LastUser({ row }: { row: ComputerRow }) {
  if (row.lastAccountId === null || row.lastUserName === null) return <>–</>;
  return (
    <Link href={`/${row.companyId}/accounts/${row.lastAccountId}`} className="hover:underline">
      {row.lastUserName}
    </Link>
  );
}
