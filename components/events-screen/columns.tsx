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
    ? [
        {
          id: "company",
          header: { key: "reportColumns.company" },
          cell: (row) => text(companyNames.get(row.companyId)),
        },
      ]
    : [];
  return [
    {
      id: "time",
      exportIds: ["occurredAt"],
      header: { key: "events.time" },
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
      header: { key: "events.event" },
      firstSort: "asc",
      cell: (row) => <KindBadge kind={row.kind} eventType={row.eventType} />,
    },
    {
      id: "account",
      header: { key: "reportColumns.account" },
      exportIds: ["userName"],
      firstSort: "asc",
      isIdentity: true,
      cell: (row) => <LongText text={row.userName} />,
    },
    {
      id: "computer",
      exportIds: ["computerName"],
      header: { key: "reportColumns.computer" },
      firstSort: "asc",
      cell: (row) => <LongText text={row.computerName} />,
    },
    ...company,
    {
      id: "site",
      header: { key: "reportColumns.site" },
      exportIds: ["siteName"],
      firstSort: "asc",
      cell: (row) => <LongText text={row.siteName} />,
    },
    {
      id: "facts",
      header: { key: "lists.details" },
      exportIds: ["logonType", "reason", "status", "subStatus", "sourceIp"],
      cell: (row) => <EventFacts row={row} />,
    },
    {
      id: "localIp",
      header: { key: "reportColumns.localIp" },
      isHiddenAtFirst: true,
      cell: (row) => text(row.localIp),
    },
    {
      id: "publicIp",
      header: { key: "reportColumns.publicIp" },
      isHiddenAtFirst: true,
      cell: (row) => text(row.publicIp),
    },
  ];
}

const text = (value: string | null | undefined) => (value ? <LongText text={value} /> : "");
