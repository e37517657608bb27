import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { countColumn, instantColumn } from "@/components/data-table/report-columns";
import type { LogonGroup, LogonRow } from "@/lib/domain/reports/logons";

type Column = DataTableColumn<LogonRow>;

interface LogonColumnsAsk {
  zone: string;
  groupBy: LogonGroup;
  isManyCompanies: boolean;
  /** Where the events are that a row counts. */
  hrefOf: (row: LogonRow) => string;
  /** Where a row's new computers or accounts are told apart. */
  newHrefOf: (row: LogonRow) => string;
}

/** The word of the grouping, and the column's id in the read API. */
const NAME: Readonly<Record<LogonGroup, { header: string; exportId: string }>> = {
  account: { header: "Account", exportId: "userName" },
  computer: { header: "Computer", exportId: "computerName" },
  site: { header: "Site", exportId: "siteName" },
};

/** What a count of new pairs of account and computer is called, by the grouping. */
export const NEW_WORD: Readonly<Record<LogonGroup, string>> = {
  account: "New computers",
  computer: "New accounts",
  site: "New pairs",
};

/** The list's columns, by the ids they have in the read API. */
export function logonColumns({ zone, groupBy, isManyCompanies, ...hrefs }: LogonColumnsAsk): Column[] {
  const name: Column = {
    id: "name",
    exportIds: [NAME[groupBy].exportId],
    header: NAME[groupBy].header,
    firstSort: "asc",
    isIdentity: true,
    cell: (row) => (
      <Link
        href={hrefs.hrefOf(row)}
        title={row.name}
        className="text-link hover:underline max-md:wrap-anywhere md:block md:max-w-72 md:truncate"
      >
        <bdi>{row.name}</bdi>
      </Link>
    ),
  };
  const company: Column = {
    id: "company",
    header: "Company",
    firstSort: "asc",
    cell: (row) => row.companyName,
  };
  const newComputers: Column = {
    id: "newComputers",
    header: NEW_WORD[groupBy],
    align: "end",
    firstSort: "desc",
    cell: (row) => <NewCount row={row} href={hrefs.newHrefOf(row)} />,
  };
  return [
    name,
    ...(isManyCompanies ? [company] : []),
    countColumn("logons", "Logons"),
    countColumn("unlocks", "Unlocks"),
    countColumn("remoteConnects", "Remote connects"),
    ...(groupBy === "account" ? [] : [countColumn("accounts", "Accounts")]),
    ...(groupBy === "computer" ? [] : [countColumn("computers", "Computers")]),
    newComputers,
    instantColumn("firstLogon", "First logon", zone, (row) => row.firstLogonAt),
    instantColumn("lastLogon", "Last logon", zone, (row) => row.lastLogonAt),
  ];
}

function NewCount({ row, href }: { row: LogonRow; href: string }) {
  if (row.newComputers === 0) return <span className="tabular text-muted-foreground">0</span>;
  return (
    <Link href={href} className="tabular text-link hover:underline">
      {row.newComputers.toLocaleString("en")}
      <span className="sr-only"> new, show which</span>
    </Link>
  );
}
