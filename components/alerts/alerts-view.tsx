"use client";

import { SearchX, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState, type ReactNode } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { ActionButton } from "@/components/forms/action-button";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { ListDates } from "@/components/lists/list-dates";
import {
  chipsOf,
  filterChipsOf,
  ListSearch,
  ListSelects,
  type ListFilter,
} from "@/components/lists/list-filters";
import { cursorPager } from "@/components/lists/pager";
import { useExportQuery, useListUrl } from "@/components/lists/use-list-url";
import { LiveSign } from "@/components/live/live-sign";
import { TableMenus } from "@/components/saved-views/table-menus";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import { ALERT_STATES, severityText, stateText } from "@/lib/domain/detections/alert";
import { ALERT_SEVERITIES } from "@/lib/domain/detections/rule";
import { RULES } from "@/lib/domain/detections/rules";
import type { AlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import type { AlertActions } from "./alert-actions";
import { ALERT_ROW_CLASS, alertTableColumns } from "./alert-columns";
import { AlertsHeader } from "./alerts-header";
import { HeldBackNotice } from "./held-back-notice";
import { useLiveAlerts } from "./use-live-alerts";

interface AlertsViewProps extends AlertsScreen {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  ignored: readonly string[];
  actions: Pick<AlertActions, "assignAlertsAction" | "setAlertStateAction">;
}

type T = ReturnType<typeof useTranslations<"alerts">>;

type Word = ReturnType<typeof useWords>;

function filtersOf(t: T, word: Word, props: AlertsViewProps): readonly ListFilter[] {
  return [
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
    ...(props.mayManage ? [assigneeFilter(t, props)] : []),
  ];
}

/** Whose alerts: one's own first. */
function assigneeFilter(t: T, { assignees, me }: Pick<AlertsViewProps, "assignees" | "me">): ListFilter {
  const others = assignees.filter((name) => name !== me).map((name) => ({ value: name, label: name }));
  const own = me !== null && assignees.includes(me) ? [{ value: me, label: t("assignedToMe") }] : [];
  return { name: "assignee", label: t("assignee"), choices: [...own, ...others] };
}

/** What the rules found, the last found first. */
export function AlertsView(props: AlertsViewProps) {
  const { alerts, next, mayManage, companyId, zone, readAt, ignored } = props;
  const t = useTranslations("alerts");
  const pages = useTranslations("alertPages");
  const word = useWords("ruleTitles", "ruleSentences", "units", "alertStates", "severities");
  const filters = filtersOf(t, word, props);
  const url = useListUrl();
  const live = useLiveAlerts(companyId, readAt);
  const exportQuery = useExportQuery(ignored);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const columns = useMemo(
    () => alertTableColumns({ t, word, companyId, zone, mayManage, chosen, onChoose: setChosen }),
    [t, word, companyId, zone, mayManage, chosen, setChosen],
  );
  const chips = [
    ...filterChipsOf(url, filters),
    ...chipsOf(url, [{ id: "subject", label: t("subject"), value: url.get("subject") }]),
  ];
  const selected = alerts.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  return (
    <>
      <AlertsHeader {...{ companyId, zone, readAt }} current="alerts" actions={<LiveSign state={live} />} />
      <IgnoredNotice ignored={ignored} />
      <HeldBackNotice heldBack={props.heldBack} companyId={companyId} />
      <BulkBar {...props} alertIds={selected} onDone={() => setChosen(new Set())} />
      <DataTable
        label={pages("alerts")}
        storageKey="winauthmon.alerts.columns"
        columns={columns}
        rows={alerts}
        rowClassName={ALERT_ROW_CLASS}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "createdAt", direction: "desc" }}
        isPending={url.isPending}
        toolbar={
          <>
            <ListSearch
              url={url}
              name="subject"
              isPageSearch
              label={t("search")}
              // Only as wide as its label, so that the toolbar fits in one row.
              className="sm:w-[calc(var(--letters)*0.92ch+4.25rem)]"
            />
            <ListSelects url={url} filters={filters} />
            <ListDates url={url} />
          </>
        }
        exportMenu={(shown) => (
          <TableMenus report="alerts" companyRef={String(companyId)} query={exportQuery} columns={shown} />
        )}
        filters={chips}
        clearFiltersHref={url.pathname}
        pager={cursorPager(url, next, { isByTime: true })}
        empty={chips.length > 0 ? <NoMatches /> : <NoAlerts companyId={companyId} />}
      />
    </>
  );
}

function NoMatches() {
  const t = useTranslations("lists");
  return <EmptyState icon={SearchX} title={t("noMatch")} description={t("removeFilter")} />;
}

function NoAlerts({ companyId }: { companyId: number }) {
  const t = useTranslations("alerts");
  const link = (words: ReactNode) => (
    <Link href={`/${companyId}/alerts/rules`} className="text-link underline">
      {words}
    </Link>
  );
  return (
    <EmptyState icon={ShieldCheck} title={t("noAlerts")} description={t.rich("noAlertsNote", { link })} />
  );
}

interface BulkBarProps extends Pick<AlertsViewProps, "companyId" | "actions" | "assignees" | "me"> {
  alertIds: readonly number[];
  onDone: () => void;
}

const CLOSINGS = [
  ["closed-true", "closeTrue"],
  ["closed-expected", "closeExpected"],
  ["closed-false", "closeFalse"],
] as const;

/** What can be done with the chosen alerts at once. */
function BulkBar({ alertIds, companyId, actions, assignees, me, onDone }: BulkBarProps) {
  const t = useTranslations("alerts");
  if (alertIds.length === 0) return null;
  const done = (result: { count: number } | undefined) => t("updated", { count: result?.count ?? 0 });
  const common = { size: "sm", action: actions.setAlertStateAction, done, onDone } as const;
  return (
    <section
      aria-label={t("selected")}
      className="flex flex-wrap items-center gap-2 rounded-lg border bg-card px-3 py-2"
    >
      <span className="text-sm">{t("selectedCount", { count: alertIds.length })}</span>
      <ActionButton {...common} hidden={{ companyId, alertId: alertIds, state: "acknowledged" }}>
        {t("acknowledge")}
      </ActionButton>
      {CLOSINGS.map(([state, words]) => (
        <ActionButton
          key={state}
          {...common}
          variant="outline"
          hidden={{ companyId, alertId: alertIds, state }}
        >
          {t(words)}
        </ActionButton>
      ))}
      {me !== null && assignees.includes(me) && (
        <ActionButton
          {...common}
          variant="outline"
          action={actions.assignAlertsAction}
          hidden={{ companyId, alertId: alertIds, assignee: me }}
        >
          {t("assignToMe")}
        </ActionButton>
      )}
      <Button size="sm" variant="ghost" onClick={onDone}>
        {t("clearSelection")}
      </Button>
    </section>
  );
}
