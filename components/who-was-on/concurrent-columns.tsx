import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { Duration } from "@/components/time/duration";
import { ExactTime } from "@/components/time/exact-time";
import type { ConcurrentSessionRow } from "@/lib/domain/reports/concurrent-sessions";
import { ianaZone, localDateOf } from "@/lib/domain/zones";

type Column = DataTableColumn<ConcurrentSessionRow>;

/** The list's columns, by the ids they have in the read API. An account leads to the day of its session. */
export function concurrentColumns(zone: string, companyRef: string, isManyCompanies: boolean): Column[] {
  const dayOf = ({ accountId, from }: ConcurrentSessionRow) =>
    `/${companyRef}/time-spent/${accountId}/${localDateOf(from, ianaZone(zone))}`;
  const company: Column = {
    id: "company",
    header: "Company",
    firstSort: "asc",
    cell: (row) => row.companyName,
  };
  return [
    {
      id: "userName",
      header: "Account",
      firstSort: "asc",
      isIdentity: true,
      cell: (row) => (
        <Link href={dayOf(row)} className="text-link hover:underline">
          {row.userName}
        </Link>
      ),
    },
    ...(isManyCompanies ? [company] : []),
    {
      id: "from",
      header: "From",
      firstSort: "desc",
      className: "whitespace-nowrap",
      cell: (row) => <ExactTime at={row.from} zone={zone} className="tabular" />,
    },
    {
      id: "to",
      header: "To",
      className: "whitespace-nowrap",
      cell: (row) => <ExactTime at={row.to} zone={zone} className="tabular" />,
    },
    {
      id: "seconds",
      header: "Length",
      align: "end",
      firstSort: "desc",
      className: "whitespace-nowrap",
      cell: (row) => <Duration seconds={(row.to - row.from) / 1000} className="tabular" />,
    },
    {
      id: "bothActiveSeconds",
      header: "Active on several",
      align: "end",
      firstSort: "desc",
      className: "whitespace-nowrap",
      cell: (row) => <Duration seconds={row.bothActiveMs / 1000} className="tabular" />,
    },
    {
      id: "mostAtOnce",
      header: "Most at once",
      align: "end",
      firstSort: "desc",
      cell: (row) => <span className="tabular">{row.mostAtOnce}</span>,
    },
    {
      id: "computers",
      header: "Computers",
      cell: (row) => (
        <span className="flex flex-wrap gap-x-3">
          {row.computers.map(({ id, name }) => (
            <Link
              key={id}
              href={`/${companyRef}/who-was-on?computer=${id}&at=${new Date(row.from).toISOString()}`}
              className="text-link hover:underline"
            >
              {name}
            </Link>
          ))}
        </span>
      ),
    },
  ];
}
