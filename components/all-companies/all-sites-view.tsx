"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Nothing, screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { EventAge } from "@/components/time/event-age";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { LongText } from "@/components/ui/long-text";
import { useWords } from "@/components/ui/use-words";
import type { SiteKeysQuery } from "@/lib/domain/reports/site-keys";
import { HEALTH_WORDS } from "@/lib/domain/reports/computer-columns";
import {
  keyLabel,
  KEY_STATE_TEXT,
  KEY_STATES,
  SITE_KEY_COLUMNS,
  type ListedKeyState,
  type SiteKeyRow,
} from "@/lib/domain/reports/site-key-columns";
import { AllCompaniesList, type AllCompaniesPage } from "./all-companies-list";

const STATE_VARIANT: Readonly<Record<ListedKeyState, BadgeProps["variant"]>> = {
  active: "success",
  ending: "warning",
  expired: "destructive",
  disabled: "outline",
  none: "warning",
};
const HIDDEN = { isHiddenAtFirst: true };

/** The sites of all companies with their keys. */
export function AllSitesView(props: AllCompaniesPage<SiteKeysQuery, SiteKeyRow>) {
  const t = useTranslations("allCompanies");
  const word = useWords("reportColumns", "reportStates");
  const columns = useColumns(props.zone);
  const states = {
    name: "state",
    label: word({ key: "reportColumns.state" }),
    choices: KEY_STATES.map((value) => ({ value, label: word({ key: KEY_STATE_TEXT[value] }) })),
  };
  const health = {
    name: "health",
    label: word({ key: "reportColumns.siteHealth" }),
    choices: (["silent", "reporting"] as const).map((value) => ({
      value,
      label: word({ key: HEALTH_WORDS[value] }),
    })),
  };
  return (
    <AllCompaniesList
      {...props}
      title={t("sites")}
      report="site-keys"
      columns={columns}
      getRowId={(row) => `${row.siteId}-${row.keyId ?? ""}`}
      searchLabel={t("searchSites")}
      filters={[states, health]}
      noun={[t("oneRow"), t("manyRows")]}
      emptyTitle={t("noSites")}
    />
  );
}

function useColumns(zone: string) {
  const t = useTranslations("allCompanies");
  const word = useWords("reportStates");
  return useMemo(
    () =>
      screenColumns(SITE_KEY_COLUMNS, zone, {
        siteName: {
          isIdentity: true,
          cell: ({ companyId, siteName, health }) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              <NameLink href={`/${companyId}/sites`} name={siteName} />
              {health === "silent" && <Badge variant="warning">{word({ key: HEALTH_WORDS.silent })}</Badge>}
            </span>
          ),
        },
        description: {
          exportIds: ["description", "keyEnd"],
          cell: (row) => <KeyCell row={row} />,
        },
        keyEnd: null,
        state: {
          cell: ({ state }) => (
            <Badge variant={STATE_VARIANT[state]}>{word({ key: KEY_STATE_TEXT[state] })}</Badge>
          ),
        },
        lastUsed: {
          cell: ({ keyId, lastUsedAt }) =>
            keyId !== null &&
            (lastUsedAt === null ? t("never") : <RelativeTime at={lastUsedAt} zone={zone} />),
        },
        lastEvent: {
          cell: ({ lastEventAt }) =>
            lastEventAt === null ? t("never") : <EventAge at={lastEventAt} zone={zone} />,
        },
        scopes: HIDDEN,
        created: HIDDEN,
        siteHealth: HIDDEN,
        silentSince: HIDDEN,
      }),
    [zone, t, word],
  );
}

/** A key by its description and its last characters. */
function KeyCell({ row }: { row: SiteKeyRow }) {
  const t = useTranslations("allCompanies");
  const lists = useTranslations("lists");
  const word = useWords("reportColumns");
  const label = keyLabel(row);
  if (label === null) return <Nothing words={lists("none")} />;
  return (
    <span className="flex items-baseline gap-1.5">
      <LongText text={word(label)} />
      {row.end !== null && (
        <span className="text-xs whitespace-nowrap text-muted-foreground">
          {t.rich("keyEnd", {
            end: row.end,
            hidden: (words) => <span className="sr-only">{words}</span>,
            code: (words) => <code className="font-mono">{words}</code>,
          })}
        </span>
      )}
    </span>
  );
}
