"use client";

import { CalendarClock, Printer, UserSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { useMemo } from "react";
import { screenColumns } from "@/components/data-table/report-columns";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { chipsOf, ListSelect, type ListFilter } from "@/components/lists/list-filters";
import { sortOf, type ListUrl } from "@/components/lists/use-list-url";
import { useReportList } from "@/components/lists/use-report-list";
import { NameLink } from "@/components/lists/name-link";
import { namedChips } from "@/components/lists/named-chips";
import { cleared, NothingFound } from "@/components/lists/nothing-in-range";
import { ReportTable } from "@/components/lists/report-table";
import { ReportToolbar } from "@/components/lists/report-toolbar";
import { SaveView } from "@/components/saved-views/save-view";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useWords } from "@/components/ui/use-words";
import type { RollCallQuery } from "@/lib/domain/reports/roll-call";
import { rollCallColumns, STATE_TEXT, type RollCallRow } from "@/lib/domain/reports/roll-call-columns";
import { printAddress } from "@/lib/domain/reports/table-address";
import type { ReportScreenProps } from "@/lib/domain/reports/report";
import type { RollCallScreen } from "@/lib/services/reports/roll-call-screen";
import { fixedMoment } from "./fixed-moment";
import { MomentForm } from "./moment-form";
import { RollCallSummary } from "./roll-call-summary";
import { WhoWasOnTabs } from "./who-was-on-tabs";

const CLEARING = cleared(["q", "only", "site", "account", "computer", "state"]);

type RollCallViewProps = RollCallScreen & ReportScreenProps<RollCallQuery>;

/** Everybody with an open session at a moment, by site. */
export function RollCallView(props: RollCallViewProps) {
  const { at, isFuture, inAll, bySite, query, zone, readAt, companyRef } = props;
  const t = useTranslations("whoWasOn");
  const list = useReportList(props);
  const { url, companyFilter, siteFilter, isManyCompanies } = list;
  const states = useStates();
  const exported = {
    report: "roll-call",
    companyRef: props.heldRef,
    query: fixedMoment(list.exported, at, zone),
  };
  const columns = useColumns(zone, companyRef, isManyCompanies);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={<ZoneLabel zone={zone} at={at} />}
        actions={!isFuture && <PrintLink href={printAddress(exported)} />}
      />
      <WhoWasOnTabs companyRef={companyRef} current="roll-call" />
      <IgnoredNotice ignored={props.ignored} />
      <MomentForm companyRef={companyRef} at={at} readAt={readAt} zone={zone} />
      <h2 className="text-base font-semibold">
        {t("everyone", { time: formatDateTime(at, zone, "minute") })}
      </h2>
      <ReportTable
        report="roll-call"
        screen={props}
        url={url}
        query={list.exported}
        clearing={CLEARING}
        label={t("rollCall")}
        columns={columns}
        getRowId={(row) => `${row.accountId}-${row.computerId}`}
        sort={sortOf(query.sort)}
        toolbar={
          <ReportToolbar {...{ url, companyFilter, siteFilter }} label={t("search")}>
            <ListSelect url={url} filter={states} />
          </ReportToolbar>
        }
        summary={inAll.sessions > 0 && <RollCallSummary {...{ url, inAll, bySite, isManyCompanies }} />}
        exportMenu={(shown) => (
          <>
            <SaveView report="roll-call" query={list.exported} columns={shown} />
            <ExportMenu {...exported} columns={shown} />
          </>
        )}
        filters={[
          ...namedChips(url, query, { ...props, companyFilter, siteFilter }),
          ...stateChip(url, query, states),
        ]}
        noun={[t("oneSession"), t("manySessions")]}
        empty={<NobodyOn url={url} isFuture={isFuture} />}
      />
    </>
  );
}

function useColumns(zone: string, companyRef: string, isManyCompanies: boolean) {
  return useMemo(() => {
    const accountOf = (row: RollCallRow) => `/${companyRef}/accounts/${row.accountId}`;
    const computerOf = (row: RollCallRow) => `/${companyRef}/computers/${row.computerId}`;
    return screenColumns(rollCallColumns(isManyCompanies), zone, {
      userName: {
        isIdentity: true,
        cell: (row) => <NameLink href={accountOf(row)} name={row.userName} />,
      },
      computerName: { cell: (row) => <NameLink href={computerOf(row)} name={row.computerName} /> },
      state: { cell: (row) => <PresenceStateBadge state={row.state} /> },
    });
  }, [zone, companyRef, isManyCompanies]);
}

function useStates() {
  const t = useTranslations("whoWasOn");
  const word = useWords("reportStates");
  const choices = Object.entries(STATE_TEXT).map(([value, key]) => ({ value, label: word({ key }) }));
  return { name: "state", label: t("state"), choices } satisfies ListFilter;
}

function stateChip(url: ListUrl, { state }: RollCallQuery, { label, choices }: ReturnType<typeof useStates>) {
  const value = choices.find((choice) => choice.value === state)?.label;
  return chipsOf(url, [{ id: "state", label, value }]);
}

function PrintLink({ href }: { href: string }) {
  const t = useTranslations("whoWasOn");
  return (
    <Button asChild variant="outline" size="sm">
      <a href={href} target="_blank" rel="noreferrer">
        <Printer aria-hidden />
        {t("printList")}
      </a>
    </Button>
  );
}

function NobodyOn({ url, isFuture }: { url: ListUrl; isFuture: boolean }) {
  const t = useTranslations("whoWasOn");
  if (isFuture) {
    return <EmptyState icon={CalendarClock} title={t("future")} description={t("futureNote")} />;
  }
  return (
    <NothingFound
      url={url}
      clearing={CLEARING}
      icon={UserSearch}
      filteredTitle={t("noMatch")}
      title={t("noOne")}
      description={t("noOneNote")}
    />
  );
}
