import type { ComponentProps } from "react";
import { screenColumns } from "@/components/data-table/report-columns";
import type { DataTableColumn } from "@/components/data-table/column";
import { NameLink } from "@/components/lists/name-link";
import { ExactTime } from "@/components/time/exact-time";
import { LongText } from "@/components/ui/long-text";
import { useWords } from "@/components/ui/use-words";
import { reasonText } from "@/lib/domain/failure-reasons";
import { failureColumns, type FailureGroup, type FailureRow } from "@/lib/domain/reports/failure-columns";

interface FailureColumnsAsk {
  zone: string;
  groupBy: FailureGroup;
  isManyCompanies: boolean;
  /** For an address or a reason that no event named. */
  notReported: string;
  /** Where the events are that a row counts. */
  hrefOf: (row: FailureRow) => string;
}

/** The list's columns; the name leads to the events that a row counts. */
export function failureScreenColumns(ask: FailureColumnsAsk): DataTableColumn<FailureRow>[] {
  const columns = failureColumns(ask.groupBy, ask.isManyCompanies);
  return screenColumns(columns, ask.zone, {
    [columns[0]!.id]: {
      isIdentity: true,
      cell: (row) => (
        <RowName
          href={ask.hrefOf(row)}
          name={row.name ?? ask.notReported}
          reason={row.reason}
          className={ask.groupBy === "address" ? WHOLE_ADDRESS : undefined}
        />
      ),
    },
    mainReason: { cell: (row) => <Reason name={row.mainReason} /> },
    firstFailure: { cell: (row) => minute(row.firstFailureAt, ask.zone) },
    lastFailure: { cell: (row) => minute(row.lastFailureAt, ask.zone) },
  });
}

/** Addresses of version 6 often differ at their end alone. */
const WHOLE_ADDRESS = "md:max-w-80 2xl:max-w-80";

/** What the rows are grouped by; a reason in the reader's language. */
function RowName({ name, reason, ...link }: ComponentProps<typeof NameLink> & { reason: string | null }) {
  const word = useWords("failureReasons");
  return <NameLink {...link} name={reason === null ? name : word(reasonText(reason))} />;
}

function Reason({ name }: { name: string }) {
  const word = useWords("failureReasons");
  return <LongText text={word(reasonText(name))} isWords />;
}

/** The seconds stand with the events; without them all columns fit beside long names. */
function minute(at: number, zone: string) {
  return <ExactTime at={at} zone={zone} precision="minute" className="tabular list-time" />;
}
