import type { DataTableColumn } from "@/components/data-table/column";
import { screenColumns } from "@/components/data-table/report-columns";
import { NameLink } from "@/components/lists/name-link";
import { inactiveColumns, type InactiveRow, type InactiveType } from "@/lib/domain/reports/inactive-columns";

/** The list's columns; the name leads to the account or the computer. */
export function inactiveScreenColumns(
  zone: string,
  type: InactiveType,
  isManyCompanies: boolean,
): DataTableColumn<InactiveRow>[] {
  const columns = inactiveColumns(type, isManyCompanies);
  return screenColumns(columns, zone, {
    [columns[0]!.id]: {
      isIdentity: true,
      cell: ({ companyId, id, name }) => <NameLink href={`/${companyId}/${type}s/${id}`} name={name} />,
    },
  });
}
