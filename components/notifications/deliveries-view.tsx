"use client";

import { Send } from "lucide-react";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { filterChipsOf, ListSelects, type ListFilter } from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import type { AttemptLine, DeliveriesScreen, DeliveryLine } from "@/lib/services/notifications/read-screens";
import { baseOf, hiddenOf, type NotificationOwner } from "./notification-actions";
import { NotificationsHeader } from "./notifications-header";

interface DeliveriesViewProps {
  owner: NotificationOwner;
  screen: DeliveriesScreen;
  replayAction: FormAction<{ count: number }>;
}

const STATES: Readonly<Record<string, { label: string; variant: BadgeProps["variant"] }>> = {
  waiting: { label: "Waiting", variant: "warning" },
  done: { label: "Delivered", variant: "success" },
  failed: { label: "Failed", variant: "destructive" },
  dropped: { label: "Dropped", variant: "outline" },
};
const REASONS: Readonly<Record<string, string>> = { news: "News", reminder: "Reminder", test: "Test" };

const STATE_FILTER: ListFilter = {
  name: "state",
  label: "State",
  choices: Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
};
const REASON_FILTER: ListFilter = {
  name: "reason",
  label: "Reason",
  choices: Object.entries(REASONS).map(([value, label]) => ({ value, label })),
};

function StateBadge({ state }: { state: string }) {
  const { label, variant } = STATES[state] ?? { label: state, variant: "outline" };
  return <Badge variant={variant}>{label}</Badge>;
}

function columnsIn(zone: string): DataTableColumn<DeliveryLine>[] {
  return [
    {
      id: "at",
      header: "Made",
      isIdentity: true,
      cell: ({ createdAt }) => <ExactTime at={createdAt} zone={zone} />,
    },
    { id: "state", header: "State", cell: ({ state }) => <StateBadge state={state} /> },
    { id: "channel", header: "Channel", cell: ({ channelName }) => channelName },
    { id: "target", header: "To", cell: ({ target }) => <span className="wrap-anywhere">{target}</span> },
    { id: "reason", header: "Reason", cell: ({ reason }) => REASONS[reason] ?? reason },
    {
      id: "notifications",
      header: "Notifications",
      align: "end",
      cell: ({ notificationCount }) => notificationCount.toLocaleString("en"),
    },
    { id: "attempts", header: "Attempts", align: "end", cell: ({ attemptCount }) => attemptCount },
    { id: "last", header: "Last attempt", cell: ({ lastStatus, lastNote }) => lastNote ?? lastStatus ?? "–" },
    {
      id: "next",
      header: "Next try",
      cell: ({ nextAttemptAt, state }) =>
        nextAttemptAt === null || state !== "waiting" ? "–" : <RelativeTime at={nextAttemptAt} zone={zone} />,
    },
  ];
}

/** What became of every message. */
export function DeliveriesView({ owner, screen, replayAction }: DeliveriesViewProps) {
  const { zone } = owner;
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(zone), [zone]);
  const channelFilter: ListFilter = {
    name: "channel",
    label: "Channel",
    choices: screen.channels.map(({ id, name }) => ({ value: String(id), label: name })),
  };
  const filters = [channelFilter, STATE_FILTER, REASON_FILTER];
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
      <DataTable
        label="Deliveries"
        storageKey="winauthmon.deliveries.columns"
        columns={columns}
        rows={screen.deliveries}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "at", direction: "desc" }}
        isPending={url.isPending}
        toolbar=<ListSelects url={url} filters={filters} />
        filters={chips}
        clearFiltersHref={url.pathname}
        pager={cursorPager(url, screen.next, { isByTime: true })}
        detail={{
          title: ({ channelName }) => `Delivery to ${channelName}`,
          description: ({ target }) => target ?? "",
          render: (delivery) => (
            <DeliveryDetail delivery={delivery} owner={owner} replayAction={replayAction} />
          ),
        }}
        empty={
          <NothingYet
            isFiltered={chips.length > 0}
            icon={Send}
            title="Nothing was sent yet"
            description={
              <>
                Messages appear here once a <Link href={`${baseOf(owner)}/channels`}>channel</Link> has
                something to tell. Send one a test to see how it goes.
              </>
            }
          />
        }
      />
    </>
  );
}

type DetailProps = Pick<DeliveriesViewProps, "owner" | "replayAction"> & { delivery: DeliveryLine };

function DeliveryDetail({ delivery, owner, replayAction }: DetailProps) {
  const { zone } = owner;
  return (
    <div className="grid gap-6">
      <DescriptionList
        items={[
          { term: "State", value: <StateBadge state={delivery.state} /> },
          { term: "Made", value: <ExactTime at={delivery.createdAt} zone={zone} /> },
          { term: "Message id", value: <code className="text-xs">msg_{delivery.messageId}</code> },
          { term: "Severity", value: delivery.severity },
          { term: "Notifications", value: delivery.notificationCount.toLocaleString("en") },
          {
            term: "Next try",
            value: delivery.state === "waiting" && delivery.nextAttemptAt !== null && (
              <ExactTime at={delivery.nextAttemptAt} zone={zone} />
            ),
          },
          { term: "Note", value: delivery.state === "dropped" ? delivery.lastNote : null },
        ]}
      />
      <section className="grid gap-2">
        <h3 className="text-sm font-semibold">Attempts</h3>
        {delivery.attempts.length === 0 ? (
          <p className="text-sm text-muted-foreground">None yet.</p>
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
          done="The message is sent again."
        >
          Send again
        </ActionButton>
      )}
    </div>
  );
}

function Attempt({ attempt, zone }: { attempt: AttemptLine; zone: string }) {
  const { number, startedAt, durationMs, result, status, note } = attempt;
  const words = result === "success" ? `Delivered${status === null ? "" : ` (${status})`}` : note;
  return (
    <li className="grid gap-0.5 py-2">
      <span className="text-xs text-muted-foreground">
        {number}. <ExactTime at={startedAt} zone={zone} />, {durationMs.toLocaleString("en")} ms
      </span>
      <span className="wrap-anywhere">{words ?? `Status ${status}`}</span>
    </li>
  );
}

const SINCE = [
  { value: "1", label: "The last hour" },
  { value: "24", label: "The last day" },
  { value: "168", label: "The last 7 days" },
  { value: "720", label: "The last 30 days" },
];

function ReplayFailed({ owner, screen, replayAction }: DeliveriesViewProps) {
  return (
    <DialogButton
      label="Send failed again"
      title="Send failed messages again"
      description="Messages of the channel that failed or were dropped are sent again under their old ids."
      action={replayAction}
      hidden={hiddenOf(owner)}
      submitLabel="Send again"
      done={(result) => {
        const count = result?.count ?? 0;
        return count === 0 ? "None had failed." : `${count.toLocaleString("en")} are sent again.`;
      }}
    >
      {(errors) => (
        <>
          <SelectField
            name="channelId"
            label="Channel"
            choices={screen.channels.map(({ id, name }) => ({ value: String(id), label: name }))}
            errors={errors}
          />
          <SelectField name="hours" label="Made within" choices={SINCE} defaultValue="24" errors={errors} />
        </>
      )}
    </DialogButton>
  );
}
