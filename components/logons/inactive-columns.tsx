import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { ExactTime } from "@/components/time/exact-time";
import type { InactiveRow, InactiveType } from "@/lib/domain/reports/inactive";

type Column = DataTableColumn<InactiveRow>;

/** The list's columns, by the ids they have in the read API. */
export function inactiveColumns(zone: string, type: InactiveType, isManyCompanies: boolean): Column[] {
  const name: Column = {
    id: "name",
    exportIds: [type === "account" ? "userName" : "computerName"],
    header: type === "account" ? "Account" : "Computer",
    firstSort: "asc",
    isIdentity: true,
    cell: ({ companyId, id, name }) => (
      <Link
        href={`/${companyId}/${type}s/${id}`}
        title={name}
        className="text-link hover:underline max-md:wrap-anywhere md:block md:max-w-72 md:truncate"
      >
        <bdi>{name}</bdi>
      </Link>
    ),
  };
  const company: Column = {
    id: "company",
    header: "Company",
    firstSort: "asc",
    cell: (row) => row.companyName,
  };
  return [
    name,
    ...(isManyCompanies ? [company] : []),
    {
      id: "days",
      header: "Days silent",
      align: "end",
      firstSort: "desc",
      cell: (row) => <span className="tabular">{row.days.toLocaleString("en")}</span>,
    },
    instantColumn("lastSeen", "Last seen", zone, (row) => row.lastSeenAt),
    instantColumn("firstSeen", "First seen", zone, (row) => row.firstSeenAt),
  ];
}

function instantColumn(id: string, header: string, zone: string, at: (row: InactiveRow) => number): Column {
  return {
    id,
    header,
    firstSort: "desc",
    cell: (row) => <ExactTime at={at(row)} zone={zone} className="tabular whitespace-nowrap" />,
  };
}
