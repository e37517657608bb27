"use client";

import { formatNumber } from "@/components/ui/format-number";
import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { ListTable } from "@/components/lists/list-table";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { SEVERITIES, type Severity } from "@/lib/domain/notifications/severity";
import { filterChipsOf, ListSelects, unknownId, type ListFilter } from "@/components/lists/list-filters";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { useRefreshPast } from "@/components/live/use-refresh-past";
import { ExactTime } from "@/components/time/exact-time";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/description-list";
import type { AttemptLine, DeliveriesScreen, DeliveryLine } from "@/lib/services/notifications/read-screens";
import { hiddenOf, type NotificationOwner } from "./notification-actions";
import { NotificationsExport } from "./notifications-export";
import { NothingSent, NotificationsHeader } from "./notifications-header";

interface DeliveriesViewProps {
  owner: NotificationOwner;
  screen: DeliveriesScreen;
  /** The filters in force, as files take them. */
  exportQuery: string;
  replayAction: FormAction<{ count: number }>;
}

const STATES = {
  waiting: { text: "waiting", variant: "warning" },
  done: { text: "delivered", variant: "success" },
  failed: { text: "failed", variant: "destructive" },
  dropped: { text: "discarded", variant: "outline" },
} as const satisfies Record<string, { text: string; variant: BadgeProps["variant"] }>;
const REASONS = { news: "reasonNews", reminder: "reasonReminder", test: "reasonTest" } as const;

type T = ReturnType<typeof useTranslations<"notifications">>;

function StateBadge({ state }: { state: string }) {
  const t = useTranslations("notifications");
  if (!Object.hasOwn(STATES, state)) return <Badge variant="outline">{state}</Badge>;
  const { text, variant } = STATES[state as keyof typeof STATES];
  return <Badge variant={variant}>{t(text)}</Badge>;
}

function reasonText(t: T, reason: string): string {
  return Object.hasOwn(REASONS, reason) ? t(REASONS[reason as keyof typeof REASONS]) : reason;
}

function severityText(t: T, severity: string): string {
  return SEVERITIES.includes(severity as Severity) ? t(severity as Severity) : severity;
}

function filtersFor(t: T, channels: DeliveriesScreen["channels"]): ListFilter[] {
  return [
    {
      name: "channel",
      label: t("channel"),
      choices: channels.map(({ id, name }) => ({ value: String(id), label: name })),
      other: unknownId,
    },
    {
      name: "state",
      label: t("state"),
      choices: Object.entries(STATES).map(([value, { text }]) => ({ value, label: t(text) })),
    },
    {
      name: "reason",
      label: t("reason"),
      choices: Object.entries(REASONS).map(([value, text]) => ({ value, label: t(text) })),
    },
  ];
}

function columnsIn(zone: string, t: T): DataTableColumn<DeliveryLine>[] {
  return [
    {
      id: "at",
      header: t("created"),
      isIdentity: true,
      cell: ({ createdAt }) => <ExactTime at={createdAt} zone={zone} />,
    },
    { id: "state", header: t("state"), cell: ({ state }) => <StateBadge state={state} /> },
    {
      id: "channel",
      header: t("channel"),
      exportIds: ["channelName"],
      cell: ({ channelName }) => channelName,
    },
    { id: "target", header: t("to"), cell: ({ target }) => <span className="wrap-anywhere">{target}</span> },
    { id: "reason", header: t("reason"), cell: ({ reason }) => reasonText(t, reason) },
    {
      id: "notifications",
      header: t("title"),
      align: "end",
      cell: ({ notificationCount }) => formatNumber(notificationCount),
    },
    { id: "attempts", header: t("attempts"), align: "end", cell: ({ attemptCount }) => attemptCount },
    {
      id: "last",
      header: t("lastAttempt"),
      exportIds: ["lastStatus", "lastNote"],
      cell: ({ lastStatus, lastNote }) => lastNote ?? lastStatus ?? "–",
    },
    {
      id: "next",
      header: t("nextAttempt"),
      exportIds: ["nextAttempt"],
      cell: ({ nextAttemptAt, state }) =>
        nextAttemptAt === null || state !== "waiting" ? "–" : <RelativeTime at={nextAttemptAt} zone={zone} />,
    },
  ];
}

/** What became of every message. */
export function DeliveriesView({ owner, screen, exportQuery, replayAction }: DeliveriesViewProps) {
  const t = useTranslations("notifications");
  const { zone } = owner;
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(zone, t), [zone, t]);
  const filters = filtersFor(t, screen.channels);
  useRefreshPast(
    screen.deliveries.map(({ state, nextAttemptAt }) => (state === "waiting" ? nextAttemptAt : null)),
    owner.readAt,
  );
  const chips = filterChipsOf(url, filters);
  return (
    <>
      <NotificationsHeader
        owner={owner}
        current="deliveries"
        actions={
          screen.channels.length > 0 && (
            <ReplayFailed owner={owner} screen={screen} replayAction={replayAction} />
          )
        }
      />
      <ListTable
        url={url}
        label={t("deliveries")}
        name="deliveries"
        columns={columns}
        rows={screen.deliveries}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "at", direction: "desc" }}
        toolbar=<ListSelects url={url} filters={filters} />
        exportMenu={(shown) => (
          <NotificationsExport owner={owner} report="deliveries" query={exportQuery} columns={shown} />
        )}
        filters={chips}
        pager={cursorPager(url, screen.next, { isByTime: true })}
        detail={{
          title: ({ channelName }) => t("deliveryTo", { channel: channelName }),
          description: ({ target }) => target ?? "",
          render: (delivery) => (
            <DeliveryDetail delivery={delivery} owner={owner} replayAction={replayAction} />
          ),
        }}
        empty={
          <NothingSent
            owner={owner}
            isFiltered={chips.length > 0}
            icon={Send}
            title={t("deliveriesEmpty")}
            describe={(link) => t.rich("deliveriesEmptyNote", { link })}
          />
        }
      />
    </>
  );
}

type DetailProps = Pick<DeliveriesViewProps, "owner" | "replayAction"> & { delivery: DeliveryLine };

function DeliveryDetail({ delivery, owner, replayAction }: DetailProps) {
  const t = useTranslations("notifications");
  const { zone } = owner;
  const messageId = `msg_${delivery.messageId}`;
  return (
    <div className="grid gap-6">
      <DescriptionList
        items={[
          { term: t("state"), value: <StateBadge state={delivery.state} /> },
          { term: t("created"), value: <ExactTime at={delivery.createdAt} zone={zone} /> },
          { term: t("messageId"), value: <code className="text-xs">{messageId}</code> },
          { term: t("severity"), value: severityText(t, delivery.severity) },
          { term: t("title"), value: formatNumber(delivery.notificationCount) },
          {
            term: t("nextAttempt"),
            value: delivery.state === "waiting" && delivery.nextAttemptAt !== null && (
              <ExactTime at={delivery.nextAttemptAt} zone={zone} />
            ),
          },
          { term: t("note"), value: delivery.state === "dropped" ? delivery.lastNote : null },
        ]}
      />
      <section className="grid gap-2">
        <h3 className="text-sm font-semibold">{t("attempts")}</h3>
        {delivery.attempts.length === 0 ? (
          <p className="text-sm text-muted-foreground">{t("noAttempts")}</p>
        ) : (
          <ol className="divide-y border-y text-sm">
            {delivery.attempts.map((attempt) => (
              <Attempt key={attempt.number} attempt={attempt} zone={zone} />
            ))}
          </ol>
        )}
      </section>
      {delivery.state !== "waiting" && (
        <ActionButton
          variant="outline"
          className="justify-self-start"
          action={replayAction}
          hidden={{ ...hiddenOf(owner), deliveryId: delivery.id }}
          done={(result) => t("sentAgain", { count: result?.count ?? 0 })}
        >
          {t("sendAgain")}
        </ActionButton>
      )}
    </div>
  );
}

function Attempt({ attempt, zone }: { attempt: AttemptLine; zone: string }) {
  const t = useTranslations("notifications");
  const { number, startedAt, durationMs } = attempt;
  return (
    <li className="grid gap-0.5 py-2">
      <span className="text-xs text-muted-foreground">
        {t.rich("attempt", {
          number,
          time: () => <ExactTime at={startedAt} zone={zone} />,
          milliseconds: durationMs,
        })}
      </span>
      <span className="wrap-anywhere">{outcomeText(t, attempt)}</span>
    </li>
  );
}

function outcomeText(t: T, { result, status, note }: AttemptLine): string {
  const isDone = result === "success";
  if (status === null) return isDone ? t("delivered") : (note ?? t("failed"));
  return isDone ? t("deliveredStatus", { status }) : (note ?? t("status", { status }));
}

/** In hours. */
const SINCE = [1, 24, 168, 720];

function ReplayFailed({ owner, screen, replayAction }: Omit<DeliveriesViewProps, "exportQuery">) {
  const t = useTranslations("notifications");
  const since = SINCE.map((hours) => ({
    value: String(hours),
    label: hours <= 24 ? t("lastHours", { count: hours }) : t("lastDays", { count: hours / 24 }),
  }));
  return (
    <DialogButton
      label={t("sendFailedAgain")}
      title={t("sendFailedTitle")}
      description={t("sendFailedNote")}
      action={replayAction}
      hidden={hiddenOf(owner)}
      submitLabel={t("sendAgain")}
      done={(result) => t("sentAgain", { count: result?.count ?? 0 })}
    >
      {(errors) => (
        <>
          <SelectField
            name="channelId"
            label={t("channel")}
            choices={screen.channels.map(({ id, name }) => ({ value: String(id), label: name }))}
            errors={errors}
          />
          <SelectField
            name="hours"
            label={t("createdWithin")}
            choices={since}
            defaultValue="24"
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}
