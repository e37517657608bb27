import type { EventRow } from "../events/event-row";
import { FAILURE_KINDS, KIND_LABEL } from "../events/kinds";
import { logonTypeWords } from "../events/logon-types";
import { failureReasonWords } from "../failure-reasons";
import type { ReportColumn } from "./report-table";

type EventColumn = ReportColumn<EventRow>;

const WHO_AND_WHAT: readonly EventColumn[] = [
  { id: "occurredAt", header: "Time", kind: "instant", value: (row) => row.occurredAt },
  { id: "event", header: "Event", kind: "text", value: (row) => KIND_LABEL[row.kind] },
  { id: "userName", header: "Account", kind: "text", value: (row) => row.userName },
  { id: "computerName", header: "Computer", kind: "text", value: (row) => row.computerName },
];

const WHERE: readonly EventColumn[] = [
  { id: "siteName", header: "Site", kind: "text", value: (row) => row.siteName },
  { id: "localIp", header: "Local IP", kind: "text", value: (row) => row.localIp },
  { id: "publicIp", header: "Public IP", kind: "text", value: (row) => row.publicIp },
];

const ON_REQUEST: readonly EventColumn[] = [
  { id: "kind", header: "Kind", kind: "text", value: (row) => row.kind },
  { id: "eventType", header: "Sent as", kind: "text", value: (row) => row.eventType },
  { id: "logonType", header: "Logon type", kind: "text", value: logonTypeOf },
  { id: "reason", header: "Reason", kind: "text", value: reasonOf },
  { id: "status", header: "Status", kind: "text", value: (row) => row.status },
  { id: "subStatus", header: "Sub-status", kind: "text", value: (row) => row.subStatus },
  { id: "sourceIp", header: "Source IP", kind: "text", value: (row) => row.sourceIp },
  { id: "receivedAt", header: "Received", kind: "instant", value: (row) => row.receivedAt },
  { id: "isClockSkewed", header: "Clock ahead", kind: "flag", value: (row) => row.isClockSkewed },
  { id: "id", header: "Number", kind: "integer", value: (row) => row.id },
  { id: "companyId", header: "Company number", kind: "integer", value: (row) => row.companyId },
  { id: "siteId", header: "Site number", kind: "integer", value: (row) => row.siteId },
  { id: "accountId", header: "Account number", kind: "integer", value: (row) => row.accountId },
  { id: "computerId", header: "Computer number", kind: "integer", value: (row) => row.computerId },
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
    ? [
        {
          id: "company",
          header: "Company",
          kind: "text",
          value: (row) => companyNames.get(row.companyId) ?? null,
        },
      ]
    : [];
  return [
    ...WHO_AND_WHAT,
    ...company,
    ...WHERE,
    ...ON_REQUEST.map((column) => ({ ...column, isOptional: true })),
  ];
}
