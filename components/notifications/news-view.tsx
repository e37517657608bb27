"use client";

import { BellRing } from "lucide-react";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { filterChipsOf, ListSelects, type ListFilter } from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import { SEVERITIES } from "@/lib/domain/notifications/kind";
import { kindsFor } from "@/lib/domain/notifications/kinds";
import type { NewsLine } from "@/lib/services/notifications/read-screens";
import { baseOf, type NotificationOwner } from "./notification-actions";
import { NotificationsHeader } from "./notifications-header";

interface NewsViewProps {
  owner: NotificationOwner;
  news: NewsLine<string>[];
  next: string | null;
}

const VARIANT: Readonly<Record<string, BadgeProps["variant"]>> = {
  critical: "destructive",
  warning: "warning",
  info: "outline",
};
const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

const SEVERITY_FILTER: ListFilter = {
  name: "severity",
  label: "Severity",
  choices: SEVERITIES.map((value) => ({ value, label: capital(value) })),
};
const STATE_FILTER: ListFilter = {
  name: "state",
  label: "State",
  choices: [
    { value: "open", label: "Still so" },
    { value: "over", label: "Over" },
  ],
};

function columnsIn(zone: string): DataTableColumn<NewsLine<string>>[] {
  return [
    {
      id: "at",
      header: "At",
      isIdentity: true,
      cell: ({ createdAt }) => <ExactTime at={createdAt} zone={zone} />,
    },
    {
      id: "severity",
      header: "Severity",
      cell: ({ severity }) => <Badge variant={VARIANT[severity] ?? "outline"}>{capital(severity)}</Badge>,
    },
    { id: "kind", header: "Kind", cell: ({ title }) => title },
    {
      id: "sentence",
      header: "What happened",
      cell: ({ sentence }) => (
        <span className="block max-w-2xl whitespace-normal wrap-anywhere">{sentence}</span>
      ),
    },
    {
      id: "state",
      header: "State",
      cell: ({ isOpen, endedAt }) =>
        isOpen ? "Still so" : endedAt === null ? "–" : <ExactTime at={endedAt} zone={zone} />,
    },
  ];
}

/** What the portal told of, newest first. */
export function NewsView({ owner, news, next }: NewsViewProps) {
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(owner.zone), [owner.zone]);
  const word = useWords("notificationKinds");
  const kinds = kindsFor(owner.companyId === null ? "portal" : "company");
  const filters: ListFilter[] = [
    {
      name: "kind",
      label: "Kind",
      choices: kinds.map(({ name, title }) => ({ value: name, label: word(title) })),
    },
    SEVERITY_FILTER,
    STATE_FILTER,
  ];
  const chips = filterChipsOf(url, filters);
  return (
    <>
      <NotificationsHeader owner={owner} current="news" />
      <DataTable
        label="Notifications"
        storageKey="winauthmon.notifications.columns"
        columns={columns}
        rows={news}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "at", direction: "desc" }}
        isPending={url.isPending}
        toolbar=<ListSelects url={url} filters={filters} />
        filters={chips}
        clearFiltersHref={url.pathname}
        pager={cursorPager(url, next, { isByTime: true })}
        empty={
          <NothingYet
            isFiltered={chips.length > 0}
            icon={BellRing}
            title="Nothing to tell yet"
            description={
              <>
                What happens appears here. Add a <Link href={`${baseOf(owner)}/channels`}>channel</Link> to
                hear of it by mail or in another program.
              </>
            }
          />
        }
      />
    </>
  );
}
