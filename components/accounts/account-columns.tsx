"use client";

import { useTranslations } from "next-intl";
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
      header: { key: "accounts.now" },
      exportIds: ["presence", "presentCount"],
      cell: ({ presentCount, activeCount }) => <PresenceBadge present={presentCount} active={activeCount} />,
    },
    presentCount: null,
    lastComputerName: {
      cell: (row) => <LastComputer row={row} />,
    },
    lastSeen: {
      cell: ({ lastSeenAt }) => <EventAge at={lastSeenAt} zone={zone} />,
    },
    lastUsed: {
      isHiddenAtFirst: true,
      cell: ({ lastUsedAt }) => <LastUsed at={lastUsedAt} zone={zone} />,
    },
  });
}

function LastComputer({ row: { companyId, lastComputerId, lastComputerName } }: { row: AccountRow }) {
  const t = useTranslations("lists");
  if (lastComputerId === null || lastComputerName === null) return <Nothing words={t("none")} />;
  return <NameLink href={`/${companyId}/computers/${lastComputerId}`} name={lastComputerName} />;
}

function LastUsed({ at, zone }: { at: number | null; zone: string }) {
  const t = useTranslations("accounts");
  return at === null ? t("never") : <EventAge at={at} zone={zone} />;
}
