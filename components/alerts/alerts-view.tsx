"use client";

import { SearchX, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState, type ReactNode } from "react";
import { ListTable } from "@/components/lists/list-table";
import { BulkBar } from "@/components/lists/bulk-bar";
import type { Choice } from "@/components/lists/choose-column";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { ListDates } from "@/components/lists/list-dates";
import {
  chipsOf,
  filterChipsOf,
  ListSearch,
  ListSelects,
  onlyNamedCompanyFilter,
  siteFilterOf,
  type ListFilter,
} from "@/components/lists/list-filters";
import { subjectChips } from "@/components/lists/named-chips";
import { cursorPager } from "@/components/lists/pager";
import { sortOf, useExportQuery, useListUrl, type ListUrl } from "@/components/lists/use-list-url";
import { LiveSign } from "@/components/live/live-sign";
import { TableMenus } from "@/components/saved-views/table-menus";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import { ALERT_STATES, severityText, stateText } from "@/lib/domain/detections/alert";
import { ALERT_SEVERITIES } from "@/lib/domain/detections/rule";
import { RULES } from "@/lib/domain/detections/rules";
import type { AlertsQuery } from "@/lib/domain/reports/alerts-query";
import { REPORT_PRESET_TEXT } from "@/lib/domain/reports/report-range";
import type { AlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import type { AlertActions } from "./alert-actions";
import { ALERT_ROW_CLASS, alertTableColumns } from "./alert-columns";
import { AlertsHeader } from "./alerts-header";
import { BulkButtons } from "./bulk-buttons";
import { HeldBackNotice } from "./held-back-notice";
import { useLiveAlerts } from "./use-live-alerts";

interface AlertsViewProps extends AlertsScreen {
  query: AlertsQuery;
  /** `all` or the company's id, as in the address. */
  companyRef: string;
  /** The names by id where several companies are in view. */
  companyNames: Readonly<Record<number, string>> | undefined;
  /** The company that a list of all companies is held to. */
  only: number | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  ignored: readonly string[];
  actions: Pick<AlertActions, "assignAlertsAction" | "setAlertStateAction">;
}

type T = ReturnType<typeof useTranslations<"alerts">>;

type Word = ReturnType<typeof useWords>;

/** Those with choices stand in the toolbar too. */
function filtersOf(t: T, word: Word, props: AlertsViewProps): readonly ListFilter[] {
  return [
    onlyNamedCompanyFilter(props.companyNames),
    {
      name: "state",
      label: t("state"),
      choices: ALERT_STATES.map((value) => ({ value, label: word(stateText(value)) })),
    },
    {
      name: "severity",
      label: t("severity"),
      choices: ALERT_SEVERITIES.map((value) => ({ value, label: word(severityText(value)) })),
    },
    {
      name: "rule",
      label: t("rule"),
      choices: RULES.map(({ name, title }) => ({ value: name, label: word(title) })),
    },
    siteFilterOf(props.sites, props.companyNames),
    assigneeFilter(t, props),
  ];
}

/** A single site is no choice, as in the reports. */
const isChoice = ({ name, choices }: ListFilter) => choices.length > (name === "site" ? 1 : 0);

/** Whose alerts: one's own first. Without choices for who may not deal with them. */
function assigneeFilter(t: T, { assignees, me }: Pick<AlertsViewProps, "assignees" | "me">): ListFilter {
  const others = assignees.filter((name) => name !== me).map((name) => ({ value: name, label: name }));
  const own = me !== null && assignees.includes(me) ? [{ value: me, label: t("assignedToMe") }] : [];
  return { name: "assignee", label: t("assignee"), choices: [...own, ...others], other: (name) => name };
}

/** Orders in which the pages behind are older. */
const NEWEST_FIRST: readonly string[] = ["-createdAt", "-lastAt", "-firstAt"];

/** What the rules found, the last found first unless another order is asked for. */
export function AlertsView(props: AlertsViewProps) {
  const { alerts, next, managed, query, companyRef, companyNames, only, zone, readAt, ignored } = props;
  const t = useTranslations("alerts");
  const pages = useTranslations("alertPages");
  const word = useWords("ruleTitles", "ruleSentences", "units", "alertStates", "severities");
  const filters = filtersOf(t, word, props);
  const url = useListUrl();
  const heldRef = only === null ? companyRef : String(only);
  const exportQuery = useExportQuery(ignored);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  // No row moves while some of them are being chosen.
  const isChoosing = alerts.some(({ id }) => chosen.has(id));
  const live = useLiveAlerts(heldRef, !isChoosing, readAt);
  const isManyCompanies = companyNames !== undefined;
  const columns = useMemo(
    () => alertTableColumns({ t, word, isManyCompanies, zone, alerts, managed, chosen, onChoose: setChosen }),
    [t, word, isManyCompanies, zone, alerts, managed, chosen, setChosen],
  );
  const chips = [
    ...filterChipsOf(url, filters),
    ...chipsOf(url, [{ id: "subject", label: t("subject"), value: url.get("subject") }]),
    ...subjectChips(url, query, props),
    ...usePresetChip(url, query),
  ];
  const companyId = isManyCompanies ? null : Number(companyRef);
  return (
    <>
      <AlertsHeader {...{ companyId, zone, readAt }} current="alerts" actions={<LiveSign state={live} />} />
      <IgnoredNotice ignored={ignored} />
      <HeldBackNotice heldBack={props.heldBack} companyRef={heldRef} />
      <ListTable
        url={url}
        label={pages("alerts")}
        name="alerts"
        columns={columns}
        rows={alerts}
        rowClassName={ALERT_ROW_CLASS}
        getRowId={({ id }) => String(id)}
        sort={sortOf(query.sort)}
        toolbar={
          <>
            <ListSearch url={url} name="subject" isPageSearch label={t("search")} />
            <ListSelects url={url} filters={filters.filter(isChoice)} />
            <ListDates url={url} preset={query.range} />
          </>
        }
        exportMenu={(shown) => (
          <TableMenus
            report="alerts"
            companyRef={heldRef}
            query={exportQuery}
            columns={only === null ? shown : shown.filter((id) => id !== "company")}
          />
        )}
        filters={chips}
        count={{ ...props.found, noun: [t("oneAlert"), t("manyAlerts")] }}
        pager={cursorPager(url, next, { isByTime: NEWEST_FIRST.includes(query.sort) })}
        empty={chips.length > 0 ? <NoMatches /> : <NoAlerts companyRef={companyRef} />}
      />
      <AlertsBulkBar {...props} chosen={chosen} onChoose={setChosen} />
    </>
  );
}

/** Days by name, which dates overrule. */
function usePresetChip(url: ListUrl, { range, from, to }: AlertsQuery) {
  const t = useTranslations("lists");
  const word = useWords("lists");
  const isNamed = range !== undefined && from === undefined && to === undefined;
  const value = isNamed ? word({ key: REPORT_PRESET_TEXT[range] }) : null;
  return chipsOf(url, [{ id: "range", label: t("rangeDialog"), value }]);
}

function NoMatches() {
  const t = useTranslations("lists");
  return <EmptyState icon={SearchX} title={t("noMatch")} description={t("removeFilter")} />;
}

function NoAlerts({ companyRef }: { companyRef: string }) {
  const t = useTranslations("alerts");
  const link = (words: ReactNode) => (
    <Link href={`/${companyRef}/alerts/rules`} className="text-link underline">
      {words}
    </Link>
  );
  return (
    <EmptyState icon={ShieldCheck} title={t("noAlerts")} description={t.rich("noAlertsNote", { link })} />
  );
}

type BulkBarProps = Choice<number> &
  Pick<AlertsViewProps, "alerts" | "managed" | "actions" | "assignees" | "me">;

/** What can be done with the chosen alerts at once, which are of one company. */
function AlertsBulkBar({ alerts, managed, chosen, onChoose, ...props }: BulkBarProps) {
  const t = useTranslations("alerts");
  const ours = alerts.filter(({ companyId }) => managed.includes(companyId));
  const selected = ours.filter(({ id }) => chosen.has(id));
  const [companyId, ...others] = new Set(selected.map((alert) => alert.companyId));
  return (
    <BulkBar label={t("selected")} ids={ours.map(({ id }) => id)} {...{ chosen, onChoose }}>
      {companyId === undefined || others.length > 0 ? (
        <span className="text-sm text-muted-foreground">{t("oneCompanyAtOnce")}</span>
      ) : (
        <BulkButtons
          {...props}
          companyId={companyId}
          alertIds={selected.map(({ id }) => id)}
          onDone={() => onChoose(new Set())}
        />
      )}
    </BulkBar>
  );
}
