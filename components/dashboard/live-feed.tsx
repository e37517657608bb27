"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { useState, type ReactNode } from "react";
import { KindBadge } from "@/components/events/kind-badge";
import { LiveSign } from "@/components/live/live-sign";
import { useLivePage } from "@/components/live/use-live-page";
import { EventAge } from "@/components/time/event-age";
import { TitledCard } from "@/components/ui/card";
import type { LiveEvent } from "@/lib/domain/events/live-event";
import { mergeFeed, newest } from "./merge-feed";

interface LiveFeedProps {
  /** Epoch milliseconds. */
  readAt: number;
  companyRef: string;
  /** Newest first, as read with the page. */
  initialRows: readonly LiveEvent[];
  /** Shown behind the computer when several companies are in view. */
  companyNames?: Readonly<Record<number, string>>;
  zone: string;
}

/** New events as they arrive; the page's numbers follow a few seconds later at most. */
export function LiveFeed({ readAt, companyRef, initialRows, companyNames, zone }: LiveFeedProps) {
  const t = useTranslations("dashboard");
  const [heard, setHeard] = useState<readonly LiveEvent[]>([]);
  const state = useLivePage({
    companyRef,
    isOn: true,
    readAt,
    pauseMilliseconds: 4_000,
    onRows: (rows) => setHeard((before) => newest([...before, ...rows])),
  });
  const rows = mergeFeed(initialRows, heard, readAt);
  return (
    <TitledCard title={t("feed")} action={<LiveSign state={state} />} contentClassName="px-0">
      <ul aria-label={t("feed")} className="divide-y text-sm">
        {rows.map((row) => (
          <FeedRow
            key={`${row.companyId}/${row.id}`}
            row={row}
            companyRef={companyRef}
            companyName={companyNames?.[row.companyId]}
            zone={zone}
          />
        ))}
      </ul>
      {rows.length === 0 && <p className="px-4 text-sm text-muted-foreground">{t("noEvents")}</p>}
      <div className="px-4 pt-3">
        <Link href={`/${companyRef}/events`} className="text-sm text-link underline-offset-4 hover:underline">
          {t("allEvents")}
        </Link>
      </div>
    </TitledCard>
  );
}

interface FeedRowProps extends Pick<LiveFeedProps, "companyRef" | "zone"> {
  row: LiveEvent;
  companyName?: string;
}

function FeedRow({ row, companyRef, companyName, zone }: FeedRowProps) {
  const t = useTranslations("dashboard");
  const place = {
    computer: row.computerName,
    site: row.siteName,
    link: (words: ReactNode) => (
      <Link href={`/${companyRef}/computers/${row.computerId}`} className="hover:underline">
        {words}
      </Link>
    ),
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-0.5 px-4 py-2">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
        <KindBadge kind={row.kind} />
        <Link
          href={`/${companyRef}/accounts/${row.accountId}`}
          className="max-w-full truncate font-medium hover:underline"
          title={row.userName}
        >
          {row.userName}
        </Link>
      </div>
      <span className="text-xs leading-6 text-muted-foreground">
        <EventAge
          at={row.occurredAt}
          zone={zone}
          isClockAhead={row.isClockSkewed}
          receivedAt={row.receivedAt}
        />
      </span>
      <span className="truncate text-xs text-muted-foreground" title={row.computerName}>
        {companyName ? t.rich("placeCompany", { ...place, company: companyName }) : t.rich("place", place)}
      </span>
    </li>
  );
}
