import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { countColumn, instantColumn } from "@/components/data-table/report-columns";
import type { FailureGroup, FailureRow } from "@/lib/domain/reports/failures";

type Column = DataTableColumn<FailureRow>;

export interface FailureColumnsAsk {
  zone: string;
  groupBy: FailureGroup;
  isManyCompanies: boolean;
  /** Where the events are that a row counts. */
  hrefOf: (row: FailureRow) => string;
}

/** The word of the grouping, and the column's id in the read API. */
const NAME: Readonly<Record<FailureGroup, { header: string; exportId: string }>> = {
  account: { header: "Account", exportId: "userName" },
  computer: { header: "Computer", exportId: "computerName" },
  address: { header: "Address", exportId: "address" },
  reason: { header: "Reason", exportId: "reason" },
};

/** The list's columns, by the ids they have in the read API. */
export function failureColumns({ zone, groupBy, isManyCompanies, hrefOf }: FailureColumnsAsk): Column[] {
  const name: Column = {
    id: "name",
    exportIds: [NAME[groupBy].exportId],
    header: NAME[groupBy].header,
    firstSort: "asc",
    isIdentity: true,
    cell: (row) => (
      <Link
        href={hrefOf(row)}
        title={row.name ?? undefined}
        className="text-link hover:underline max-md:wrap-anywhere md:block md:max-w-72 md:truncate"
      >
        <bdi>{row.name ?? "Not told"}</bdi>
      </Link>
    ),
  };
  const company: Column = {
    id: "company",
    header: "Company",
    firstSort: "asc",
    cell: (row) => row.companyName,
  };
  const reason: Column = {
    id: "mainReason",
    header: "Main reason",
    firstSort: "asc",
    cell: (row) => <span className="md:whitespace-nowrap">{row.mainReason}</span>,
  };
  return [
    name,
    ...(isManyCompanies ? [company] : []),
    countColumn("failures", "Failed logons"),
    countColumn("lockouts", "Lockouts"),
    ...(groupBy === "account" ? [] : [countColumn("accounts", "Accounts")]),
    ...(groupBy === "computer" ? [] : [countColumn("computers", "Computers")]),
    ...(groupBy === "address" ? [] : [countColumn("addresses", "Addresses")]),
    ...(groupBy === "reason" ? [] : [reason]),
    instantColumn("firstFailure", "First", zone, (row) => row.firstFailureAt),
    instantColumn("lastFailure", "Last", zone, (row) => row.lastFailureAt),
  ];
}
