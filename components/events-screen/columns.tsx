import type { DataTableColumn } from "@/components/data-table/column";
import { KindBadge } from "@/components/events/kind-badge";
import { ExactTime } from "@/components/time/exact-time";
import type { EventRow } from "@/lib/domain/events/event-row";

/** The list's columns; computer and addresses are hidden until asked for. */
export function eventColumns(
  zone: string,
  companyNames: ReadonlyMap<number, string> | null,
): DataTableColumn<EventRow>[] {
  const company: DataTableColumn<EventRow>[] = companyNames
    ? [{ id: "company", header: "Company", cell: (row) => companyNames.get(row.companyId) ?? "" }]
    : [];
  return [
    {
      id: "time",
      exportIds: ["occurredAt"],
      header: "Time",
      firstSort: "desc",
      cell: (row) => <ExactTime at={row.occurredAt} zone={zone} className="tabular whitespace-nowrap" />,
    },
    {
      id: "kind",
      exportIds: ["event"],
      header: "Event",
      firstSort: "asc",
      cell: (row) => <KindBadge kind={row.kind} eventType={row.eventType} />,
    },
    {
      id: "account",
      header: "Account",
      exportIds: ["userName"],
      firstSort: "asc",
      isIdentity: true,
      cell: (row) => row.userName,
    },
    {
      id: "computer",
      exportIds: ["computerName"],
      header: "Computer",
      firstSort: "asc",
      isHiddenAtFirst: true,
      cell: (row) => row.computerName,
    },
    ...company,
    { id: "site", header: "Site", exportIds: ["siteName"], firstSort: "asc", cell: (row) => row.siteName },
    { id: "localIp", header: "Local IP", isHiddenAtFirst: true, cell: (row) => row.localIp ?? "" },
    { id: "publicIp", header: "Public IP", isHiddenAtFirst: true, cell: (row) => row.publicIp ?? "" },
  ];
}
