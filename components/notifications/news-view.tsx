"use client";

import { BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { ListTable } from "@/components/lists/list-table";
import { filterChipsOf, ListSelects, type ListFilter } from "@/components/lists/list-filters";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { SEVERITIES, type Severity } from "@/lib/domain/notifications/severity";
import type { Text } from "@/lib/domain/text";
import type { KindChoice, NewsLine, NewsScreen } from "@/lib/services/notifications/read-screens";
import type { NotificationOwner } from "./notification-actions";
import { NotificationsExport } from "./notifications-export";
import { NothingSent, NotificationsHeader } from "./notifications-header";

interface NewsViewProps extends NewsScreen<string> {
  owner: NotificationOwner;
  /** The filters in force, as files take them. */
  exportQuery: string;
}

const VARIANT: Readonly<Record<string, BadgeProps["variant"]>> = {
  critical: "destructive",
  warning: "warning",
  info: "outline",
};
type T = ReturnType<typeof useTranslations<"notifications">>;

/** On a phone a notification is a card of few lines: its kind and severity, when, and what happened. */
const ROW_CLASS = "max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-2 max-md:gap-y-1";

function columnsIn(zone: string, t: T): DataTableColumn<NewsLine<string>>[] {
  return [
    {
      id: "at",
      header: t("time"),
      isIdentity: true,
      cell: ({ createdAt }) => <ExactTime at={createdAt} zone={zone} />,
      className:
        "max-md:order-1 max-md:col-span-full max-md:text-xs max-md:font-normal max-md:text-muted-foreground",
    },
    {
      id: "severity",
      header: t("severity"),
      cell: ({ severity }) => (
        <Badge variant={VARIANT[severity] ?? "outline"}>
          {SEVERITIES.includes(severity as Severity) ? t(severity as Severity) : severity}
        </Badge>
      ),
      isPlainOnPhone: true,
      className: "max-md:order-first max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end",
    },
    {
      id: "kind",
      header: t("kind"),
      cell: ({ title, href }) => (href === null ? title : <TextLink href={href}>{title}</TextLink>),
      isPlainOnPhone: true,
      className: "max-md:order-first max-md:col-start-1 max-md:row-start-1 max-md:font-medium",
    },
    {
      id: "sentence",
      header: t("whatHappened"),
      cell: ({ sentence }) => (
        <span className="block max-w-2xl whitespace-normal wrap-anywhere">{sentence}</span>
      ),
      isPlainOnPhone: true,
      className: "max-md:order-2 max-md:col-span-full",
    },
    {
      id: "state",
      header: t("state"),
      exportIds: ["isOpen", "ended"],
      cell: ({ isOpen, endedAt }) =>
        isOpen ? (
          <span className="whitespace-nowrap">{t("ongoing")}</span>
        ) : endedAt === null ? (
          <span className="max-md:hidden">–</span>
        ) : (
          t.rich("endedWhen", { time: () => <ExactTime at={endedAt} zone={zone} /> })
        ),
      isPlainOnPhone: true,
      className: "max-md:order-3 max-md:col-span-full max-md:text-xs",
    },
  ];
}

function filtersFor(kinds: readonly KindChoice[], t: T, word: (text: Text) => string): ListFilter[] {
  return [
    {
      name: "kind",
      label: t("kind"),
      choices: kinds.map(({ name, title }) => ({ value: name, label: word(title) })),
    },
    {
      name: "severity",
      label: t("severity"),
      choices: SEVERITIES.map((value) => ({ value, label: t(value) })),
    },
    {
      name: "state",
      label: t("state"),
      choices: [
        { value: "open", label: t("ongoing") },
        { value: "over", label: t("ended") },
      ],
    },
  ];
}

/** What the portal told of, newest first. */
export function NewsView({ owner, news, next, kinds, exportQuery }: NewsViewProps) {
  const url = useListUrl();
  const t = useTranslations("notifications");
  const word = useWords("notificationKinds");
  const columns = useMemo(() => columnsIn(owner.zone, t), [owner.zone, t]);
  const filters = filtersFor(kinds, t, word);
  const chips = filterChipsOf(url, filters);
  return (
    <>
      <NotificationsHeader owner={owner} current="news" />
      <ListTable
        url={url}
        label={t("title")}
        name="notifications"
        columns={columns}
        rows={news}
        rowClassName={ROW_CLASS}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "at", direction: "desc" }}
        toolbar=<ListSelects url={url} filters={filters} />
        exportMenu={(columns) => (
          <NotificationsExport owner={owner} report="notifications" query={exportQuery} columns={columns} />
        )}
        filters={chips}
        pager={cursorPager(url, next, { isByTime: true })}
        empty={
          <NothingSent
            owner={owner}
            isFiltered={chips.length > 0}
            icon={BellRing}
            title={t("newsEmpty")}
            describe={(link) => t.rich("newsEmptyNote", { link })}
          />
        }
      />
    </>
  );
}
