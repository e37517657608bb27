"use client";

import { useEffect, useState } from "react";
import { KindBadge } from "@/components/events/kind-badge";
import { ExactTime } from "@/components/time/exact-time";
import { DescriptionList } from "@/components/ui/description-list";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatEventReference, type EventDetail, type EventRow } from "@/lib/domain/events/event-row";

type Loaded = { detail: EventDetail } | { message: string; requestId?: string } | null;

async function load(row: EventRow, signal: AbortSignal): Promise<Loaded> {
  const response = await fetch(`/api/events/detail?event=${formatEventReference(row)}`, { signal });
  const body = (await response.json()) as EventDetail & { message?: string; requestId?: string };
  return response.ok ? { detail: body } : { message: body.message ?? "", requestId: body.requestId };
}

/** Everything stored of an event, asked for when its row is opened. */
export function EventDetailPanel({
  row,
  zone,
  companyName,
}: {
  row: EventRow;
  zone: string;
  companyName?: string;
}) {
  const [loaded, setLoaded] = useState<Loaded>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    load(row, controller.signal)
      .then(setLoaded)
      .catch(() => controller.signal.aborted || setLoaded({ message: "The server did not answer." }));
    return () => controller.abort();
  }, [row, attempt]);
  if (!loaded) return <Skeleton className="h-72" />;
  if ("message" in loaded) {
    return (
      <ErrorState
        title="The event could not be loaded"
        description={loaded.message}
        requestId={loaded.requestId}
        onRetry={() => {
          setLoaded(null);
          setAttempt((count) => count + 1);
        }}
      />
    );
  }
  return <Detail detail={loaded.detail} zone={zone} companyName={companyName} />;
}

function Detail({ detail, zone, companyName }: { detail: EventDetail; zone: string; companyName?: string }) {
  return (
    <DescriptionList
      items={[
        { term: "Event", value: <KindBadge kind={detail.kind} /> },
        { term: "Sent as", value: detail.eventType },
        { term: "Time", value: <ExactTime at={detail.occurredAt} zone={zone} precision="millisecond" /> },
        { term: "Time in UTC", value: new Date(detail.occurredAt).toISOString() },
        { term: "Received", value: <ExactTime at={detail.receivedAt} zone={zone} precision="millisecond" /> },
        {
          term: "Clock",
          value: detail.isClockSkewed ? "More than 5 minutes ahead of the server when it was sent" : null,
        },
        { term: "Account", value: detail.userName },
        { term: "Computer", value: detail.computerName },
        { term: "Company", value: companyName },
        { term: "Site", value: detail.siteName },
        { term: "Local IP", value: detail.localIp },
        { term: "Public IP", value: detail.publicIp },
        { term: "Source IP", value: detail.sourceIp },
        { term: "Logon type", value: detail.logonType },
        { term: "Status", value: detail.status },
        { term: "Sub-status", value: detail.subStatus },
        { term: "Session", value: detail.sessionId },
        { term: "Retry", value: detail.retry > 0 ? detail.retry : null },
        { term: "Agent version", value: detail.agentVersion },
        { term: "Agent's event id", value: detail.agentEventId },
      ]}
    />
  );
}
