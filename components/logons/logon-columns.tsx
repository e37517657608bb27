import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/data-table/column";
import { screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import type { Step } from "@/components/lists/use-list-url";
import { TextLink } from "@/components/ui/text-link";
import { logonColumns, type LogonGroup, type LogonRow } from "@/lib/domain/reports/logon-columns";

interface LogonColumnsAsk {
  zone: string;
  groupBy: LogonGroup;
  isManyCompanies: boolean;
  /** Where the events are that a row counts. */
  hrefOf: (row: LogonRow) => string;
  /** Where a row's new computers or accounts are told apart. */
  newWayOf: (row: LogonRow) => Step;
}

/** The list's columns; the name leads to the events that a row counts. */
export function logonScreenColumns(ask: LogonColumnsAsk): DataTableColumn<LogonRow>[] {
  const columns = logonColumns(ask.groupBy, ask.isManyCompanies);
  return screenColumns(columns, ask.zone, {
    [columns[0]!.id]: {
      isIdentity: true,
      cell: (row) => <NameLink href={ask.hrefOf(row)} name={row.name} />,
    },
    newComputers: { cell: (row) => <NewCount row={row} way={ask.newWayOf(row)} /> },
  });
}

function NewCount({ row, way }: { row: LogonRow; way: Step }) {
  const t = useTranslations("logons");
  if (row.newComputers === 0) return <span className="tabular text-muted-foreground">0</span>;
  return (
    <TextLink {...way} className="tabular">
      {formatNumber(row.newComputers)}
      <span className="sr-only"> {t("newWhich")}</span>
    </TextLink>
  );
}
