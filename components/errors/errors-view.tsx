"use client";

import { formatNumber } from "@/components/ui/format-number";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { ListTable } from "@/components/lists/list-table";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import { ListDates } from "@/components/lists/list-dates";
import { filterChipsOf, ListToolbar, type ListFilter } from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { RelativeTime } from "@/components/time/relative-time";
import { ZoneLabel } from "@/components/time/zone-label";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { DescriptionList } from "@/components/ui/description-list";
import { useWords } from "@/components/ui/use-words";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";
import type { StoredError } from "@/lib/services/errors/read-errors";

interface ErrorsViewProps {
  errors: StoredError[];
  count: { total: number; isCapped: boolean };
  nextCursor: string | null;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  leastLevel: string;
  clearAction: FormAction<{ deleted: number }>;
}

const LEVEL_VARIANT: Record<string, BadgeProps["variant"]> = {
  CRITICAL: "destructive",
  ERROR: "destructive",
  WARNING: "warning",
};

type T = ReturnType<typeof useTranslations<"errorLog">>;

function columnsIn(t: T, zone: string): DataTableColumn<StoredError>[] {
  return [
    {
      id: "first",
      header: t("firstSeen"),
      isIdentity: true,
      cell: ({ firstAt }) => <ExactTime at={firstAt} zone={zone} />,
    },
    {
      id: "level",
      header: t("level"),
      cell: ({ level }) => <Badge variant={LEVEL_VARIANT[level] ?? "outline"}>{level}</Badge>,
    },
    {
      id: "message",
      header: t("message"),
      cell: ({ message }) => (
        <span title={message} className="block max-w-xl truncate max-md:whitespace-normal">
          {message}
        </span>
      ),
    },
    { id: "count", header: t("times"), align: "end", cell: ({ count }) => formatNumber(count) },
    { id: "source", header: t("source"), cell: ({ source }) => source ?? "–" },
    { id: "last", header: t("lastSeen"), cell: ({ lastAt }) => <RelativeTime at={lastAt} zone={zone} /> },
    {
      id: "user",
      header: t("user"),
      isHiddenAtFirst: true,
      cell: ({ userName }) => <UserName name={userName} />,
    },
    { id: "address", header: t("address"), isHiddenAtFirst: true, cell: ({ address }) => address ?? "–" },
  ];
}

function UserName({ name }: { name: StoredError["userName"] }) {
  const word = useWords("errorLog");
  return name === null ? "–" : word(name);
}

/** The stored error log: what went wrong here, alike errors of an hour in one row. */
export function ErrorsView(props: ErrorsViewProps) {
  const { errors, count, nextCursor, zone, readAt, leastLevel, clearAction } = props;
  const t = useTranslations("errorLog");
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(t, zone), [t, zone]);
  const levels: ListFilter = {
    name: "level",
    label: t("level"),
    choices: ERROR_LEVELS.map((level) => ({ value: level, label: level })),
  };
  const chips = filterChipsOf(url, [levels]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={<ClearErrors clearAction={clearAction} />}
      />
      <ListTable
        url={url}
        label={t("label")}
        name="errors"
        columns={columns}
        rows={errors}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "first", direction: "desc" }}
        toolbar={
          <ListToolbar url={url} label={t("search")} filters={[levels]}>
            <ListDates url={url} />
          </ListToolbar>
        }
        filters={chips}
        count={{ ...count, noun: [t("oneError"), t("manyErrors")] }}
        pager={cursorPager(url, nextCursor, { isByTime: true })}
        detail={{
          title: ({ level, source }) => (source ? t("levelAndSource", { level, source }) : level),
          description: ({ message }) => message,
          render: (error) => <ErrorDetail error={error} zone={zone} />,
        }}
        empty={
          <NothingYet
            isFiltered={chips.length > 0}
            icon={CircleCheck}
            title={t("none")}
            description={t("noneNote", { level: leastLevel })}
          />
        }
      />
    </>
  );
}

function ErrorDetail({ error, zone }: { error: StoredError; zone: string }) {
  const t = useTranslations("errorLog");
  const word = useWords("errorLog");
  return (
    <div className="grid gap-6">
      <DescriptionList
        items={[
          { term: t("times"), value: formatNumber(error.count) },
          { term: t("firstSeen"), value: <ExactTime at={error.firstAt} zone={zone} /> },
          { term: t("lastSeen"), value: <ExactTime at={error.lastAt} zone={zone} /> },
          { term: t("requestId"), value: error.requestId },
          { term: t("path"), value: error.pathname },
          { term: t("user"), value: error.userName && word(error.userName) },
          { term: t("company"), value: error.companyName },
          { term: t("address"), value: error.address },
        ]}
      />
      {error.exception && <CodeBlock label={t("stack")} code={error.exception} />}
    </div>
  );
}

function ClearErrors({ clearAction }: Pick<ErrorsViewProps, "clearAction">) {
  const t = useTranslations("errorLog");
  return (
    <DialogButton
      label={t("clearOld")}
      description={t("clearNote")}
      action={clearAction}
      submitLabel={t("clear")}
      isDestructive
      done={(result) => t("cleared", { count: result?.deleted ?? 0 })}
    >
      {(fieldErrors) => (
        <NumberField
          name="olderThanDays"
          label={t("olderThan")}
          description={t("olderThanNote")}
          defaultValue={30}
          errors={fieldErrors}
        />
      )}
    </DialogButton>
  );
}
