import type { EventRow } from "../events/event-row";
import { FAILURE_KINDS, KIND_LABEL } from "../events/kinds";
import { logonTypeWords } from "../events/logon-types";
import { failureReasonWords } from "../failure-reasons";
import { flagColumn, instantColumn, integerColumn, textColumn } from "./columns";
import type { ReportColumn } from "./report-table";

type EventColumn = ReportColumn<EventRow>;

const WHO_AND_WHAT: readonly EventColumn[] = [
  instantColumn("occurredAt", "Time", (row) => row.occurredAt),
  textColumn("event", "Event", (row) => KIND_LABEL[row.kind]),
  textColumn("userName", "Account", (row) => row.userName),
  textColumn("computerName", "Computer", (row) => row.computerName),
];

const WHERE: readonly EventColumn[] = [
  textColumn("siteName", "Site", (row) => row.siteName),
  textColumn("localIp", "Local IP", (row) => row.localIp),
  textColumn("publicIp", "Public IP", (row) => row.publicIp),
];

const ON_REQUEST: readonly EventColumn[] = [
  textColumn("kind", "Kind", (row) => row.kind),
  textColumn("eventType", "Sent as", (row) => row.eventType),
  textColumn("logonType", "Logon type", logonTypeOf),
  textColumn("reason", "Reason", reasonOf),
  textColumn("status", "Status", (row) => row.status),
  textColumn("subStatus", "Sub-status", (row) => row.subStatus),
  textColumn("sourceIp", "Source IP", (row) => row.sourceIp),
  instantColumn("receivedAt", "Received", (row) => row.receivedAt),
  flagColumn("isClockSkewed", "Clock ahead", (row) => row.isClockSkewed),
  integerColumn("id", "Number", (row) => row.id),
  integerColumn("companyId", "Company number", (row) => row.companyId),
  integerColumn("siteId", "Site number", (row) => row.siteId),
  integerColumn("accountId", "Account number", (row) => row.accountId),
  integerColumn("computerId", "Computer number", (row) => row.computerId),
];

function logonTypeOf({ logonType }: EventRow): string | null {
  return logonType === null ? null : logonTypeWords(logonType);
}

/** In words; null for what is no failure. */
function reasonOf({ kind, status, subStatus }: EventRow): string | null {
  if (!FAILURE_KINDS.has(kind)) return null;
  return failureReasonWords(kind === "lockout", status ?? "", subStatus ?? "");
}

/** An event's columns in JSON and files; `companyNames` is given where several companies are in view. */
export function eventColumns(companyNames: ReadonlyMap<number, string> | null): EventColumn[] {
  const company: EventColumn[] = companyNames
    ? [textColumn("company", "Company", (row) => companyNames.get(row.companyId) ?? null)]
    : [];
  return [
    ...WHO_AND_WHAT,
    ...company,
    ...WHERE,
    ...ON_REQUEST.map((column) => ({ ...column, isOptional: true })),
  ];
}
