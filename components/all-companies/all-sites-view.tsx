"use client";

import { useMemo } from "react";
import { screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { EventAge } from "@/components/time/event-age";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import {
  KEY_STATE_LABEL,
  SITE_KEY_COLUMNS,
  type ListedKeyState,
  type SiteKeyRow,
  type SiteKeysQuery,
} from "@/lib/domain/reports/site-keys";
import { AllCompaniesList, type AllCompaniesPage } from "./all-companies-list";

const STATE_VARIANT: Readonly<Record<ListedKeyState, BadgeProps["variant"]>> = {
  active: "success",
  ending: "warning",
  expired: "destructive",
  disabled: "outline",
  none: "warning",
};
const STATES = {
  name: "state",
  label: "State",
  choices: Object.entries(KEY_STATE_LABEL).map(([value, label]) => ({ value, label })),
};
const HIDDEN = { isHiddenAtFirst: true };

/** The sites of all companies with their keys. */
export function AllSitesView(props: AllCompaniesPage<SiteKeysQuery, SiteKeyRow>) {
  const columns = useColumns(props.zone);
  return (
    <AllCompaniesList
      {...props}
      title="Sites and API keys"
      report="site-keys"
      columns={columns}
      getRowId={(row) => `${row.siteId}-${row.keyId ?? ""}`}
      searchLabel="Search company, site or key"
      filters={[STATES]}
      noun={["row", "rows"]}
      things="sites"
    />
  );
}

function useColumns(zone: string) {
  return useMemo(
    () =>
      screenColumns(SITE_KEY_COLUMNS, zone, {
        siteName: {
          isIdentity: true,
          cell: ({ companyId, siteName }) => <NameLink href={`/${companyId}/sites`} name={siteName} />,
        },
        state: {
          cell: ({ state }) => <Badge variant={STATE_VARIANT[state]}>{KEY_STATE_LABEL[state]}</Badge>,
        },
        lastUsed: {
          cell: ({ keyId, lastUsedAt }) =>
            keyId !== null && (lastUsedAt === null ? "Never" : <RelativeTime at={lastUsedAt} zone={zone} />),
        },
        lastEvent: {
          cell: ({ lastEventAt }) =>
            lastEventAt === null ? "Never" : <EventAge at={lastEventAt} zone={zone} />,
        },
        scopes: HIDDEN,
        created: HIDDEN,
      }),
    [zone],
  );
}
