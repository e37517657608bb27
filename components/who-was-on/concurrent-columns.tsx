import type { DataTableColumn } from "@/components/data-table/column";
import { screenColumns } from "@/components/data-table/report-columns";
import { dayHref } from "@/components/lists/day-href";
import { NameLink } from "@/components/lists/name-link";
import { concurrentColumns, type ConcurrentSessionRow } from "@/lib/domain/reports/concurrent-columns";

/** The list's columns. An account leads to the day of its session, a computer to who was on it when it began. */
export function concurrentScreenColumns(
  zone: string,
  companyRef: string,
  isManyCompanies: boolean,
): DataTableColumn<ConcurrentSessionRow>[] {
  const dayOf = ({ accountId, from }: ConcurrentSessionRow) => dayHref(companyRef, accountId, from, zone);
  return screenColumns(concurrentColumns(isManyCompanies), zone, {
    userName: { isIdentity: true, cell: (row) => <NameLink href={dayOf(row)} name={row.userName} /> },
    computers: { cell: (row) => <Computers row={row} companyRef={companyRef} /> },
  });
}

function Computers({ row, companyRef }: { row: ConcurrentSessionRow; companyRef: string }) {
  const at = new Date(row.from).toISOString();
  return (
    <span className="flex min-w-0 flex-wrap gap-x-3 md:max-w-72">
      {row.computers.map(({ id, name }) => (
        <NameLink key={id} href={`/${companyRef}/who-was-on?computer=${id}&at=${at}`} name={name} />
      ))}
    </span>
  );
}
