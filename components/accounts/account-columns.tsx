"use client";

import type { DataTableColumn } from "@/components/data-table/column";
import { Nothing, screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { EventAge } from "@/components/time/event-age";
import { accountColumns, type AccountRow } from "@/lib/domain/reports/account-columns";
import { PresenceBadge } from "./presence-badge";

/** The list's columns: names lead to their pages, and times say how long ago. */
export function accountScreenColumns(zone: string, isManyCompanies: boolean): DataTableColumn<AccountRow>[] {
  return screenColumns(accountColumns(isManyCompanies), zone, {
    userName: {
      isIdentity: true,
      cell: ({ companyId, id, name }) => (
        <NameLink href={`/${companyId}/accounts/${id}`} name={name} className="font-medium" />
      ),
    },
    presence: {
      header: "Now",
      exportIds: ["presence", "presentCount"],
      cell: ({ presentCount, activeCount }) => <PresenceBadge present={presentCount} active={activeCount} />,
    },
    presentCount: null,
    lastComputerName: {
      cell: ({ companyId, lastComputerId, lastComputerName }) =>
        lastComputerId === null || lastComputerName === null ? (
          <Nothing words="none" />
        ) : (
          <NameLink href={`/${companyId}/computers/${lastComputerId}`} name={lastComputerName} />
        ),
    },
    lastSeen: {
      cell: ({ lastSeenAt }) => <EventAge at={lastSeenAt} zone={zone} />,
    },
    lastUsed: {
      isHiddenAtFirst: true,
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? "Never" : <EventAge at={lastUsedAt} zone={zone} />),
    },
  });
}
