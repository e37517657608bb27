import type { DataTableColumn } from "@/components/data-table/column";
import { KindBadge } from "@/components/events/kind-badge";
import { ExactTime } from "@/components/time/exact-time";
import { ClockAheadBadge } from "@/components/time/event-age";
import { LongText } from "@/components/ui/long-text";
import { EventFacts } from "./event-facts";
import type { EventRow } from "@/lib/domain/events/event-row";

/** The list's columns; addresses are hidden until asked for. */
export function eventColumns(
  zone: string,
  companyNames: ReadonlyMap<number, string> | null,
): DataTableColumn<EventRow>[] {
  const company: DataTableColumn<EventRow>[] = companyNames
    ? [{ id: "company", header: "Company", cell: (row) => text(companyNames.get(row.companyId)) }]
    : [];
  return [
    {
      id: "time",
      exportIds: ["occurredAt"],
      header: "Time",
      firstSort: "desc",
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <ExactTime at={row.occurredAt} zone={zone} className="tabular whitespace-nowrap" />
          {row.isClockSkewed && <ClockAheadBadge />}
        </span>
      ),
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
      cell: (row) => <LongText text={row.userName} />,
    },
    {
      id: "computer",
      exportIds: ["computerName"],
      header: "Computer",
      firstSort: "asc",
      cell: (row) => <LongText text={row.computerName} />,
    },
    ...company,
    {
      id: "site",
      header: "Site",
      exportIds: ["siteName"],
      firstSort: "asc",
      cell: (row) => <LongText text={row.siteName} />,
    },
    {
      id: "facts",
      header: "Details",
      exportIds: ["logonType", "reason", "status", "subStatus", "sourceIp"],
      cell: (row) => <EventFacts row={row} />,
    },
    { id: "localIp", header: "Local IP", isHiddenAtFirst: true, cell: (row) => text(row.localIp) },
    { id: "publicIp", header: "Public IP", isHiddenAtFirst: true, cell: (row) => text(row.publicIp) },
  ];
}

const text = (value: string | null | undefined) => (value ? <LongText text={value} /> : "");
