"use client";

import { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/data-table/column";
import { Nothing, screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { EventAge } from "@/components/time/event-age";
import { RelativeTime } from "@/components/time/relative-time";
import { computerColumns, type ComputerRow } from "@/lib/domain/reports/computer-columns";
import { AgentVersion } from "./agent-version";
import { HealthBadges } from "./health-badges";

const HIDDEN = { isHiddenAtFirst: true };

/** The list's columns: names lead to their pages, health is shown as badges, and much is hidden until asked for. */
export function computerScreenColumns(
  zone: string,
  isManyCompanies: boolean,
): DataTableColumn<ComputerRow>[] {
  return screenColumns(computerColumns(isManyCompanies), zone, {
    computerName: {
      isIdentity: true,
      cell: ({ companyId, id, name }) => (
        <NameLink href={`/${companyId}/computers/${id}`} name={name} className="font-medium" />
      ),
    },
    health: {
      exportIds: ["health", "silentSince", "lostEvents", "clockSkewSeconds"],
      cell: (row) => <HealthBadges computer={row} />,
    },
    silentSince: null,
    lastUserName: { cell: (row) => <LastUser row={row} /> },
    lastUsed: null,
    presentCount: HIDDEN,
    firstSeen: HIDDEN,
    lastSeen: {
      cell: ({ lastSeenAt }) => <EventAge at={lastSeenAt} zone={zone} />,
    },
    lastHealth: {
      ...HIDDEN,
      cell: ({ lastHealthAt }) => <LastHealth at={lastHealthAt} zone={zone} />,
    },
    localIp: HIDDEN,
    publicIp: HIDDEN,
    agentVersion: {
      header: { key: "computers.agent" },
      exportIds: ["agentVersion", "isAgentOutdated"],
      cell: ({ agentVersion, isAgentOutdated }) => (
        <AgentVersion version={agentVersion} isOutdated={isAgentOutdated} />
      ),
    },
    isAgentOutdated: null,
    spoolLength: HIDDEN,
    lostEvents: null,
    clockSkewSeconds: null,
  });
}

function LastHealth({ at, zone }: { at: number | null; zone: string }) {
  const t = useTranslations("computers");
  return at === null ? t("never") : <RelativeTime at={at} zone={zone} />;
}

function LastUser({ row }: { row: ComputerRow }) {
  const t = useTranslations("lists");
  if (row.lastAccountId === null || row.lastUserName === null) return <Nothing words={t("none")} />;
  return <NameLink href={`/${row.companyId}/accounts/${row.lastAccountId}`} name={row.lastUserName} />;
}
