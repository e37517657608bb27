"use client";

import { SearchX, ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { ActionButton } from "@/components/forms/action-button";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import {
  filterChipsOf,
  ListDates,
  ListSearch,
  ListSelect,
  type ListFilter,
} from "@/components/lists/list-filters";
import { cursorPager } from "@/components/lists/pager";
import { useExportQuery, useListUrl } from "@/components/lists/use-list-url";
import { LiveSign } from "@/components/live/live-sign";
import { TableMenus } from "@/components/saved-views/table-menus";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { ALERT_STATE_LABEL } from "@/lib/domain/detections/alert";
import { ALERT_SEVERITIES } from "@/lib/domain/detections/rule";
import { RULES } from "@/lib/domain/detections/rules";
import type { AlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import type { AlertActions } from "./alert-actions";
import { capital } from "@/components/fleet/alert-badges";
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

const FILTERS: readonly ListFilter[] = [
  {
    name: "state",
    label: "State",
    choices: Object.entries(ALERT_STATE_LABEL).map(([value, label]) => ({ value, label })),
  },
  {
    name: "severity",
    label: "Severity",
    choices: ALERT_SEVERITIES.map((value) => ({ value, label: capital(value) })),
  },
  { name: "rule", label: "Rule", choices: RULES.map(({ name, title }) => ({ value: name, label: title })) },
];

/** Whose alerts: one's own first. */
function assigneeFilter({ assignees, me }: Pick<AlertsViewProps, "assignees" | "me">): ListFilter {
  const others = assignees.filter((name) => name !== me).map((name) => ({ value: name, label: name }));
  const own = me !== null && assignees.includes(me) ? [{ value: me, label: "Assigned to me" }] : [];
  return { name: "assignee", label: "Assigned to", choices: [...own, ...others] };
}

/** What the rules found, the last found first. */
export function AlertsView(props: AlertsViewProps) {
  const { alerts, next, mayManage, companyId, zone, readAt, ignored } = props;
  const filters = mayManage ? [...FILTERS, assigneeFilter(props)] : FILTERS;
  const url = useListUrl();
  const live = useLiveAlerts(companyId, readAt);
  const exportQuery = useExportQuery(ignored);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const columns = useMemo(
    () => alertTableColumns({ companyId, zone, mayManage, chosen, onChoose: setChosen }),
    [companyId, zone, mayManage, chosen],
  );
  const subject = { id: "subject", label: "Subject", value: url.get("subject") };
  const chips = [
    ...filterChipsOf(url, filters),
    ...(subject.value ? [{ ...subject, removeHref: url.href({ subject: null }) }] : []),
  ];
  const selected = alerts.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  return (
    <>
      <AlertsHeader {...{ companyId, zone, readAt }} current="alerts" actions={<LiveSign state={live} />} />
      <IgnoredNotice ignored={ignored} />
      <HeldBackNotice heldBack={props.heldBack} companyId={companyId} />
      <BulkBar {...props} alertIds={selected} onDone={() => setChosen(new Set())} />
      <DataTable
        label="Alerts"
        storageKey="winauthmon.alerts.columns"
        columns={columns}
        rows={alerts}
        rowClassName={ALERT_ROW_CLASS}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "createdAt", direction: "desc" }}
        isPending={url.isPending}
        toolbar={
          <>
            <ListSearch url={url} name="subject" label="Search account or address" />
            {filters.map((filter) => (
              <ListSelect key={filter.name} url={url} filter={filter} />
            ))}
            <ListDates url={url} />
          </>
        }
        exportMenu={(shown) => (
          <TableMenus report="alerts" companyRef={String(companyId)} query={exportQuery} columns={shown} />
        )}
        filters={chips}
        clearFiltersHref={url.pathname}
        pager={cursorPager(url, next, { isByTime: true })}
        empty={
          chips.length > 0 ? (
            <EmptyState icon={SearchX} title="Nothing matches" description="Take a filter away." />
          ) : (
            <EmptyState
              icon={ShieldCheck}
              title="Nothing found yet"
              description={
                <>
                  What the <Link href={`/${companyId}/alerts/rules`}>rules</Link> find in new events appears
                  here.
                </>
              }
            />
          )
        }
      />
    </>
  );
}

interface BulkBarProps extends Pick<AlertsViewProps, "companyId" | "actions" | "assignees" | "me"> {
  alertIds: readonly number[];
  onDone: () => void;
}

const CLOSINGS = ["closed-true", "closed-expected", "closed-false"] as const;

/** What can be done with the chosen alerts at once. */
function BulkBar({ alertIds, companyId, actions, assignees, me, onDone }: BulkBarProps) {
  if (alertIds.length === 0) return null;
  const done = (result: { count: number } | undefined) =>
    result?.count === 1 ? "1 alert is changed." : `${result?.count ?? 0} alerts are changed.`;
  const common = { size: "sm", action: actions.setAlertStateAction, done, onDone } as const;
  return (
    <section
      aria-label="Chosen alerts"
      className="flex flex-wrap items-center gap-2 rounded-lg border bg-card px-3 py-2"
    >
      <span className="text-sm">{alertIds.length} chosen</span>
      <ActionButton {...common} hidden={{ companyId, alertId: alertIds, state: "acknowledged" }}>
        Acknowledge
      </ActionButton>
      {CLOSINGS.map((state) => (
        <ActionButton
          {...common}
          key={state}
          variant="outline"
          hidden={{ companyId, alertId: alertIds, state }}
        >
          {ALERT_STATE_LABEL[state]!.replace("Closed", "Close")}
        </ActionButton>
      ))}
      {me !== null && assignees.includes(me) && (
        <ActionButton
          {...common}
          variant="outline"
          action={actions.assignAlertsAction}
          hidden={{ companyId, alertId: alertIds, assignee: me }}
        >
          Assign to me
        </ActionButton>
      )}
      <Button size="sm" variant="ghost" onClick={onDone}>
        Choose none
      </Button>
    </section>
  );
}
