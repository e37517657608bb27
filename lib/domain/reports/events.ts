import type { EventRow } from "../events/event-row";
import { FAILURE_KINDS, KIND_TEXT } from "../events/kinds";
import { logonTypeText } from "../events/logon-types";
import { reasonName, reasonText } from "../failure-reasons";
import type { Text } from "../text";
import { flagColumn, instantColumn, integerColumn, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

type EventColumn = ReportColumn<EventRow>;

const WHO_AND_WHAT: readonly EventColumn[] = [
  instantColumn("occurredAt", "reports.time", (row) => row.occurredAt),
  textColumn("event", "reports.event", (row) => ({ key: KIND_TEXT[row.kind] })),
  textColumn("userName", "reportColumns.account", (row) => row.userName),
  textColumn("computerName", "reportColumns.computer", (row) => row.computerName),
];

const WHERE: readonly EventColumn[] = [
  textColumn("siteName", "reportColumns.site", (row) => row.siteName),
  textColumn("localIp", "reportColumns.localIp", (row) => row.localIp),
  textColumn("publicIp", "reportColumns.publicIp", (row) => row.publicIp),
];

const ON_REQUEST: readonly EventColumn[] = [
  textColumn("kind", "reports.kind", (row) => row.kind),
  textColumn("eventType", "reports.sentAs", (row) => row.eventType),
  textColumn("logonType", "reports.logonType", logonTypeOf),
  textColumn("reason", "reportColumns.reason", reasonOf),
  textColumn("status", "reports.status", (row) => row.status),
  textColumn("subStatus", "reports.subStatus", (row) => row.subStatus),
  textColumn("sourceIp", "reports.sourceIp", (row) => row.sourceIp),
  instantColumn("receivedAt", "reports.received", (row) => row.receivedAt),
  flagColumn("isClockSkewed", "reports.clockAhead", (row) => row.isClockSkewed),
  integerColumn("id", "reports.id", (row) => row.id),
  integerColumn("companyId", "reports.companyId", (row) => row.companyId),
  integerColumn("siteId", "reports.siteId", (row) => row.siteId),
  integerColumn("accountId", "reports.accountId", (row) => row.accountId),
  integerColumn("computerId", "reports.computerId", (row) => row.computerId),
];

function logonTypeOf({ logonType }: EventRow): Text | null {
  return logonType === null ? null : logonTypeText(logonType);
}

/** In words; null for what is no failure. */
function reasonOf({ kind, status, subStatus }: EventRow): Text | string | null {
  if (!FAILURE_KINDS.has(kind)) return null;
  return reasonText(reasonName(kind === "lockout", status, subStatus));
}

/** An event's columns in JSON and files; `companyNames` is given where several companies are in view. */
export function eventColumns(companyNames: ReadonlyMap<number, string> | null): EventColumn[] {
  const company: EventColumn[] = companyNames
    ? [textColumn("company", "reportColumns.company", (row) => companyNames.get(row.companyId) ?? null)]
    : [];
  return [
    ...WHO_AND_WHAT,
    ...company,
    ...WHERE,
    ...ON_REQUEST.map((column) => ({ ...column, isOptional: true })),
  ];
}
