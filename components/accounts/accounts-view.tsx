"use client";

import { User } from "lucide-react";
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
import { sortOf, useExportQuery, useListUrl } from "@/components/lists/use-list-url";
import { ZoneLabel } from "@/components/time/zone-label";
import { LinkButton } from "@/components/ui/link-button";
import { EmptyState } from "@/components/ui/empty-state";
import { useWords } from "@/components/ui/use-words";
import { PRESENCE_FILTER_TEXT, PRESENCE_FILTERS } from "@/lib/domain/reports/account-columns";
import type { AccountsQuery } from "@/lib/domain/reports/accounts";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { AccountsScreen } from "@/lib/services/fleet/read-accounts-screen";
import { accountScreenColumns } from "./account-columns";

type AccountsViewProps = AccountsScreen & Omit<ReportScreenProps<AccountsQuery>, "range">;

/** The Accounts screen: the address says everything but which columns are shown. */
export function AccountsView(props: AccountsViewProps) {
  const { rows, next, found, total, query, zone, companyRef, companyNames } = props;
  const t = useTranslations("accounts");
  const word = useWords("lists", "reportStates");
  const url = useListUrl();
  const exported = useExportQuery(props.ignored);
  const isManyCompanies = companyNames !== undefined;
  const columns = useMemo(() => accountScreenColumns(zone, isManyCompanies), [zone, isManyCompanies]);
  const filters = filtersOf(t, word, props);
  return (
    <>
      <PageHeader title={t("title")} description={<ZoneLabel zone={zone} at={props.readAt} />} />
      <IgnoredNotice ignored={props.ignored} />
      <ListTable
        url={url}
        label={t("title")}
        name="accounts"
        columns={columns}
        rows={rows as (typeof rows)[number][]}
        getRowId={({ companyId, id }) => `${companyId}-${id}`}
        sort={sortOf(query.sort)}
        toolbar={<ListToolbar url={url} label={t("search")} filters={filters} />}
        exportMenu={(shown) => (
          <TableMenus report="accounts" companyRef={props.heldRef} query={exported} columns={shown} />
        )}
        filters={[
          ...filterChipsOf(url, [...filters, usedFilterOf(word({ key: "lists.usedComputer" }), word)]),
          ...subjectChips(url, query, props, { computer: t("used") }),
        ]}
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
              actions={<LinkButton href={`/${companyRef}/events`}>{t("goToEvents")}</LinkButton>}
            />
          )
        }
      />
    </>
  );
}

type T = ReturnType<typeof useTranslations<"accounts">>;
type Word = ReturnType<typeof useWords>;

function filtersOf(
  t: T,
  word: Word,
  { sites, companyNames, companyChoices }: AccountsViewProps,
): ListFilter[] {
  return [
    onlyNamedCompanyFilter(companyChoices),
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
