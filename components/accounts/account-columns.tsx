"use client";

import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { ExactTime } from "@/components/time/exact-time";
import { RelativeTime } from "@/components/time/relative-time";
import type { AccountRow } from "@/lib/domain/reports/accounts";
import { PresenceBadge } from "./presence-badge";

/** The ids are those of the read API, which sort and export by them. */
export function accountColumns(zone: string, isManyCompanies: boolean): DataTableColumn<AccountRow>[] {
  const company: DataTableColumn<AccountRow>[] = isManyCompanies
    ? [{ id: "company", header: "Company", firstSort: "asc", cell: ({ companyName }) => companyName }]
    : [];
  return [
    {
      id: "userName",
      header: "Account",
      firstSort: "asc",
      isIdentity: true,
      cell: ({ companyId, id, name }) => (
        <Link href={`/${companyId}/accounts/${id}`} className="font-medium text-link hover:underline">
          {name}
        </Link>
      ),
    },
    ...company,
    {
      id: "presence",
      header: "Now",
      exportIds: ["presence", "presentCount"],
      cell: ({ presentCount, activeCount }) => <PresenceBadge present={presentCount} active={activeCount} />,
    },
    {
      id: "lastComputerName",
      header: "Last computer",
      cell: ({ companyId, lastComputerId, lastComputerName }) =>
        lastComputerId === null ? (
          "–"
        ) : (
          <Link href={`/${companyId}/computers/${lastComputerId}`} className="hover:underline">
            {lastComputerName}
          </Link>
        ),
    },
    { id: "lastSiteName", header: "Last site", cell: ({ lastSiteName }) => lastSiteName ?? "–" },
    {
      id: "computers",
      header: "Computers",
      align: "end",
      cell: ({ computerCount }) => computerCount.toLocaleString("en"),
    },
    {
      id: "lastSeen",
      header: "Last seen",
      firstSort: "desc",
      cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} zone={zone} className="whitespace-nowrap" />,
    },
    {
      id: "lastUsed",
      header: "Last session event",
      isHiddenAtFirst: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? "Never" : <RelativeTime at={lastUsedAt} zone={zone} />,
    },
    {
      id: "firstSeen",
      header: "First seen",
      firstSort: "desc",
      cell: ({ firstSeenAt }) => (
        <ExactTime at={firstSeenAt} zone={zone} className="tabular whitespace-nowrap" />
      ),
    },
  ];
}
