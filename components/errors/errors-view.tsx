"use client";

import { CircleCheck } from "lucide-react";
import { useMemo } from "react";
import type { DataTableColumn } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import {
  filterChipsOf,
  ListDates,
  ListSearch,
  ListSelect,
  type ListFilter,
} from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { ExactTime } from "@/components/time/exact-time";
import { RelativeTime } from "@/components/time/relative-time";
import { ZoneLabel } from "@/components/time/zone-label";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { DescriptionList } from "@/components/ui/description-list";
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

const FILTERS: readonly ListFilter[] = [
  { name: "level", label: "Level", choices: ERROR_LEVELS.map((level) => ({ value: level, label: level })) },
];

function columnsIn(zone: string): DataTableColumn<StoredError>[] {
  return [
    {
      id: "first",
      header: "First seen",
      isIdentity: true,
      cell: ({ firstAt }) => <ExactTime at={firstAt} zone={zone} />,
    },
    {
      id: "level",
      header: "Level",
      cell: ({ level }) => <Badge variant={LEVEL_VARIANT[level] ?? "outline"}>{level}</Badge>,
    },
    {
      id: "message",
      header: "Message",
      cell: ({ message }) => (
        <span title={message} className="block max-w-xl truncate max-md:whitespace-normal">
          {message}
        </span>
      ),
    },
    { id: "count", header: "Times", align: "end", cell: ({ count }) => count.toLocaleString("en") },
    { id: "source", header: "Source", cell: ({ source }) => source ?? "–" },
    { id: "last", header: "Last seen", cell: ({ lastAt }) => <RelativeTime at={lastAt} zone={zone} /> },
    { id: "user", header: "User", isHiddenAtFirst: true, cell: ({ userName }) => userName ?? "–" },
    { id: "address", header: "Address", isHiddenAtFirst: true, cell: ({ address }) => address ?? "–" },
  ];
}

/** The stored error log: what went wrong here, alike errors of an hour in one row. */
export function ErrorsView(props: ErrorsViewProps) {
  const { errors, count, nextCursor, zone, readAt, leastLevel, clearAction } = props;
  const url = useListUrl();
  const columns = useMemo(() => columnsIn(zone), [zone]);
  const chips = filterChipsOf(url, FILTERS);
  return (
    <>
      <PageHeader
        title="Error log"
        description={<ZoneLabel zone={zone} at={readAt} />}
        actions={<ClearErrors clearAction={clearAction} />}
      />
      <DataTable
        label="Errors"
        storageKey="winauthmon.errors.columns"
        columns={columns}
        rows={errors}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "first", direction: "desc" }}
        isPending={url.isPending}
        toolbar={
          <>
            <ListSearch url={url} label="Search message, path or request id" />
            <ListSelect url={url} filter={FILTERS[0]!} />
            <ListDates url={url} />
          </>
        }
        filters={chips}
        clearFiltersHref={url.pathname}
        count={{ ...count, noun: ["error", "errors"] }}
        pager={cursorPager(url, nextCursor, { isByTime: true })}
        detail={{
          title: ({ level, source }) => `${level}${source ? ` in ${source}` : ""}`,
          description: ({ message }) => message,
          render: (error) => <ErrorDetail error={error} zone={zone} />,
        }}
        empty={
          <NothingYet
            isFiltered={chips.length > 0}
            icon={CircleCheck}
            title="No errors"
            description={`Errors of level ${leastLevel} and worse are kept here.`}
          />
        }
      />
    </>
  );
}

function ErrorDetail({ error, zone }: { error: StoredError; zone: string }) {
  return (
    <div className="grid gap-6">
      <DescriptionList
        items={[
          { term: "Times", value: error.count.toLocaleString("en") },
          { term: "First seen", value: <ExactTime at={error.firstAt} zone={zone} /> },
          { term: "Last seen", value: <ExactTime at={error.lastAt} zone={zone} /> },
          { term: "Request id", value: error.requestId },
          { term: "Path", value: error.pathname },
          { term: "User", value: error.userName },
          { term: "Company", value: error.companyName },
          { term: "Address", value: error.address },
        ]}
      />
      {error.exception && <CodeBlock label="stack" code={error.exception} />}
    </div>
  );
}

function ClearErrors({ clearAction }: Pick<ErrorsViewProps, "clearAction">) {
  return (
    <DialogButton
      label="Clear old errors"
      title="Clear old errors"
      description="Deletes errors last seen longer ago than this. It cannot be undone."
      action={clearAction}
      submitLabel="Clear"
      isDestructive
      done={(result) => `${(result?.deleted ?? 0).toLocaleString("en")} errors were deleted.`}
    >
      {(fieldErrors) => (
        <NumberField
          name="olderThanDays"
          label="Older than, days"
          description="0 clears the whole log."
          defaultValue={30}
          errors={fieldErrors}
        />
      )}
    </DialogButton>
  );
}
