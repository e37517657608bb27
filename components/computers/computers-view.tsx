"use client";

import { Monitor } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ListTable } from "@/components/lists/list-table";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import {
  filterChipsOf,
  ListToolbar,
  onlyNamedCompanyFilter,
  seenFilterOf,
  siteFilterOf,
  usedFilterOf,
  type ListFilter,
} from "@/components/lists/list-filters";
import { subjectChips } from "@/components/lists/named-chips";
import { NothingMatches } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { sortOf, useExportQuery, useListUrl, type ListUrl } from "@/components/lists/use-list-url";
import { ZoneLabel } from "@/components/time/zone-label";
import { LinkButton } from "@/components/ui/link-button";
import { EmptyState } from "@/components/ui/empty-state";
import { useWords } from "@/components/ui/use-words";
import { HEALTH_FILTER_TEXT, HEALTH_FILTERS } from "@/lib/domain/fleet/computer-health";
import { OUTDATED, UNKNOWN_VERSION } from "@/lib/domain/reports/computer-columns";
import type { ComputersQuery } from "@/lib/domain/reports/computers";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { ComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { computerScreenColumns } from "./computer-columns";
import { HealthSummary } from "./health-summary";
import { SilentAfter } from "./silent-after";

interface ComputersViewProps extends ComputersScreen, Omit<ReportScreenProps<ComputersQuery>, "range"> {
  /** The company that a list of all companies is held to. */
  only: number | null;
  /** Given when one company is in view. */
  silentAfter?: React.ComponentProps<typeof SilentAfter>;
  /** Whether the viewer may install agents here. */
  mayInstall: boolean;
}

/** The Computers screen: the address says everything but which columns are shown. */
export function ComputersView(props: ComputersViewProps) {
  const { rows, next, found, query, zone, heldRef, only, silentAfter } = props;
  const t = useTranslations("computers");
  const word = useWords("computerHealth", "lists", "reportColumns");
  const url = useListUrl();
  const exported = useExportQuery(props.ignored);
  const columns = useMemo(() => computerScreenColumns(zone, !silentAfter), [zone, silentAfter]);
  const filters = filtersOf(t, word, props);
  const outdatedCount = props.versions.reduce((sum, one) => sum + (one.isOutdated ? one.count : 0), 0);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={<ZoneLabel zone={zone} at={props.readAt} />}
        actions={silentAfter && <SilentAfter {...silentAfter} />}
      />
      <IgnoredNotice ignored={props.ignored} />
      <HealthSummary url={url} counts={props.healthCounts} outdatedCount={outdatedCount} />
      <ListTable
        url={url}
        label={t("title")}
        name="computers"
        columns={columns}
        rows={rows as (typeof rows)[number][]}
        getRowId={({ companyId, id }) => `${companyId}-${id}`}
        sort={sortOf(query.sort)}
        toolbar={<ListToolbar url={url} label={t("search")} filters={filters} />}
        exportMenu={(shown) => (
          <TableMenus
            report="computers"
            companyRef={heldRef}
            query={exported}
            columns={only === null ? shown : shown.filter((id) => id !== "company")}
          />
        )}
        filters={[
          ...filterChipsOf(url, [...filters, usedFilterOf(word({ key: "lists.inUse" }), word)]),
          ...subjectChips(url, query, props, { account: t("usedBy") }),
        ]}
        count={{ total: found, noun: [t("oneComputer"), t("manyComputers")] }}
        pager={cursorPager(url, next)}
        empty={<NoComputers {...props} url={url} />}
      />
    </>
  );
}

type T = ReturnType<typeof useTranslations<"computers">>;
type Word = ReturnType<typeof useWords>;

function filtersOf(t: T, word: Word, { versions, sites, companyNames }: ComputersViewProps): ListFilter[] {
  const told = versions.flatMap(({ version }) => (version === null ? [] : [version]));
  const isAnyUntold = versions.some(({ version }) => version === null);
  return [
    onlyNamedCompanyFilter(companyNames),
    {
      name: "health",
      label: word({ key: "reportColumns.health" }),
      choices: HEALTH_FILTERS.map((value) => ({ value, label: word({ key: HEALTH_FILTER_TEXT[value] }) })),
    },
    siteFilterOf(sites, companyNames),
    {
      name: "version",
      label: t("agent"),
      choices: [
        { value: OUTDATED, label: t("outdated") },
        ...told.map((version) => ({ value: version, label: version })),
        ...(isAnyUntold ? [{ value: UNKNOWN_VERSION, label: t("unknownVersion") }] : []),
      ],
      other: (version) => version,
    },
    seenFilterOf(t("seen"), word),
  ];
}

function NoComputers({ healthCounts, mayInstall, companyRef, url }: ComputersViewProps & { url: ListUrl }) {
  const t = useTranslations("computers");
  if (healthCounts.reporting + healthCounts.silent > 0) {
    return <NothingMatches url={url} title={t("noMatch")} />;
  }
  return (
    <EmptyState
      icon={Monitor}
      title={t("none")}
      description={t("noneNote")}
      actions={mayInstall && <LinkButton href={`/${companyRef}/agent`}>{t("install")}</LinkButton>}
    />
  );
}
