"use client";

import { User } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { TableFilter } from "@/components/data-table/filter-chips";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import {
  chipsOf,
  filterChipsOf,
  ListSearch,
  ListSelects,
  seenFilterOf,
  siteFilterOf,
  type ListFilter,
} from "@/components/lists/list-filters";
import { NothingMatches } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import {
  sortHrefOf,
  sortOf,
  useExportQuery,
  useListUrl,
  type ListUrl,
} from "@/components/lists/use-list-url";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useWords } from "@/components/ui/use-words";
import { PRESENCE_FILTER_TEXT, PRESENCE_FILTERS } from "@/lib/domain/reports/account-columns";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { AccountsScreen } from "@/lib/services/fleet/read-accounts-screen";
import { accountScreenColumns } from "./account-columns";

interface AccountsViewProps extends AccountsScreen, Omit<ReportScreenProps<unknown>, "query" | "range"> {
  /** In the order of the address when it names none. */
  sortWord: string;
}

/** The Accounts screen: the address says everything but which columns are shown. */
export function AccountsView(props: AccountsViewProps) {
  const { rows, next, found, total, zone, companyRef, sortWord, companyNames } = props;
  const t = useTranslations("accounts");
  const word = useWords("lists", "reportStates");
  const url = useListUrl();
  const query = useExportQuery(props.ignored);
  const isManyCompanies = companyNames !== undefined;
  const columns = useMemo(() => accountScreenColumns(zone, isManyCompanies), [zone, isManyCompanies]);
  const filters = filtersOf(t, word, props);
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <DataTable
        label={t("title")}
        storageKey="winauthmon.accounts.columns"
        columns={columns}
        rows={rows as (typeof rows)[number][]}
        getRowId={({ companyId, id }) => `${companyId}-${id}`}
        isPending={url.isPending}
        sort={sortOf(sortWord)}
        sortHref={sortHrefOf(url)}
        toolbar={
          <>
            <ListSearch url={url} label={t("search")} />
            <ListSelects url={url} filters={filters} />
          </>
        }
        exportMenu={(shown) => (
          <TableMenus report="accounts" companyRef={companyRef} query={query} columns={shown} />
        )}
        filters={[...filterChipsOf(url, filters), ...computerChip(t, props, url)]}
        clearFiltersHref={url.pathname}
        count={{ total: found, noun: [t("oneAccount"), t("manyAccounts")] }}
        pager={cursorPager(url, next)}
        empty={
          total > 0 ? (
            <NothingMatches url={url} title={t("noMatch")} />
          ) : (
            <EmptyState
              icon={User}
              title={t("none")}
              description={t("noneNote")}
              actions={
                <Button asChild variant="outline">
                  <Link href={`/${companyRef}/events`}>{t("goToEvents")}</Link>
                </Button>
              }
            />
          )
        }
      />
    </>
  );
}

type T = ReturnType<typeof useTranslations<"accounts">>;
type Word = ReturnType<typeof useWords>;

function filtersOf(t: T, word: Word, { sites, companyNames }: AccountsViewProps): ListFilter[] {
  return [
    {
      name: "presence",
      label: t("now"),
      choices: PRESENCE_FILTERS.map((value) => ({
        value,
        label: word({ key: PRESENCE_FILTER_TEXT[value] }),
      })),
    },
    siteFilterOf(sites, companyNames),
    seenFilterOf(t("seen"), word),
  ];
}

function computerChip(t: T, { computerName }: AccountsViewProps, url: ListUrl): TableFilter[] {
  const id = url.get("computer");
  const value = id && (computerName ?? t("unknown", { id }));
  return chipsOf(url, [{ id: "computer", label: t("used"), value }]);
}
