"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { TableDetail } from "@/components/data-table/detail-sheet";
import { LinkButton } from "@/components/ui/link-button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { EventRange } from "@/lib/domain/events/event-range";
import { formatEventReference, type EventDetail, type EventRow } from "@/lib/domain/events/event-row";
import { DEFAULT_REQUEST, formatEventsRequest, type EventFilters } from "@/lib/domain/events/filters";
import { EventFields } from "./event-fields";

interface DetailContext {
  zone: string;
  companyNames: ReadonlyMap<number, string> | undefined;
  companyRef: string;
  only: number | null;
  range: EventRange;
}

/** A row's sheet: everything stored of the event, and the way to more of its account and computer. */
export function useEventDetail(context: DetailContext): TableDetail<EventRow> {
  const t = useTranslations("events");
  const kindWord = useTranslations("eventKinds");
  const { zone, companyNames } = context;
  return {
    title: (row) => row.userName,
    description: (row) => t("kindOnComputer", { kind: kindWord(row.kind), computer: row.computerName }),
    render: (row) => (
      <EventPanel
        key={formatEventReference(row)}
        row={row}
        zone={zone}
        companyName={companyNames?.get(row.companyId)}
      />
    ),
    footer: (row) => (
      <>
        <LinkButton href={eventsOf(context, { accountId: row.accountId })} size="sm">
          {t("ofAccount")}
        </LinkButton>
        <LinkButton href={eventsOf(context, { computerId: row.computerId })} size="sm">
          {t("onComputer")}
        </LinkButton>
      </>
    ),
  };
}

function eventsOf({ companyRef, only, range }: DetailContext, part: Partial<EventFilters>): string {
  const filters = { ...DEFAULT_REQUEST.filters, range, ...part };
  return `/${companyRef}/events?${formatEventsRequest({ ...DEFAULT_REQUEST, only, filters })}`;
}

type Loaded = { detail: EventDetail } | { failure: "eventGone" | "noAnswer"; requestId?: string } | null;

async function load(row: EventRow, signal: AbortSignal): Promise<Loaded> {
  const response = await fetch(`/api/events/detail?event=${formatEventReference(row)}`, { signal });
  const body = (await response.json()) as EventDetail & { request_id?: string };
  if (response.ok) return { detail: body };
  return { failure: response.status === 404 ? "eventGone" : "noAnswer", requestId: body.request_id };
}

/** Asks for the whole event when its row is opened. */
function EventPanel({ row, zone, companyName }: { row: EventRow; zone: string; companyName?: string }) {
  const t = useTranslations("events");
  const [loaded, setLoaded] = useState<Loaded>(null);
  const [attempt, setAttempt] = useState(0);
  const reference = formatEventReference(row);
  useEffect(() => {
    const controller = new AbortController();
    load(row, controller.signal)
      .then((answer) => controller.signal.aborted || setLoaded(answer))
      .catch(() => controller.signal.aborted || setLoaded({ failure: "noAnswer" }));
    return () => controller.abort();
    // The same event in a fresh page is no reason to ask again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [reference, attempt]);
  if (!loaded) return <Skeleton className="h-72" />;
  if ("failure" in loaded) {
    return (
      <ErrorState
        title={t("eventFailed")}
        description={t(loaded.failure)}
        requestId={loaded.requestId}
        onRetry={() => {
          setLoaded(null);
          setAttempt((count) => count + 1);
        }}
      />
    );
  }
  return <EventFields event={loaded.detail} zone={zone} companyName={companyName} />;
}
