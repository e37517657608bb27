import { auditActionText, auditOutcomeText } from "@/lib/domain/audit-actions";
import { filterText } from "@/lib/domain/reports/filter-text";
import type { FileFormat } from "@/lib/domain/reports/table-address";
import type { Reader, Text } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import type { AuditEntry, AuditFilter } from "@/lib/services/audit/read-audit";
import type { OpenedTable } from "@/lib/services/tables/table-source";
import { auditWords } from "./audit-words";
import { listTable, type ListColumn } from "./list-table";
import { textParam, type SearchParams } from "./search-params";

type Column = ListColumn<AuditEntry>;

const json = (value: object | null) => (value === null ? null : JSON.stringify(value));

const number: Column = { header: "audit.number", kind: "integer", value: ({ seq }) => seq };
const time: Column = { header: "audit.time", kind: "instant", value: ({ at }) => at };
const company: Column = {
  header: "audit.company",
  value: (entry) => entry.company && (entry.company.name ?? String(entry.company.id)),
};
const actor: Column = { header: "audit.actor", value: ({ actorName }) => actorName };
const action: Column = { header: "audit.action", value: (entry) => auditActionText(entry.action) };
const address: Column = { header: "audit.address", value: (entry) => entry.address };

/** All that is stored, for programs and for the proof of the chain. */
const STORED: readonly Column[] = [
  number,
  time,
  company,
  actor,
  { header: "audit.recordedAs", value: (entry) => entry.action },
  action,
  { header: "audit.outcome", value: ({ outcome }) => outcome },
  { header: "audit.targetType", value: ({ targetType }) => targetType },
  { header: "audit.targetId", value: ({ targetId }) => targetId },
  { header: "audit.targetName", value: ({ targetName }) => targetName },
  address,
  { header: "audit.before", value: ({ before }) => json(before) },
  { header: "audit.after", value: ({ after }) => json(after) },
  { header: "audit.requestId", value: ({ requestId }) => requestId },
  { header: "audit.hash", value: ({ hash }) => hash },
];

/** What fits on paper: the columns of the screen in its words, with the changes. */
const PRINTED: readonly Column[] = [
  number,
  time,
  {
    header: "audit.company",
    value: ({ company: of }) =>
      of && (of.name ?? { key: "audit.deletedCompany", values: { id: String(of.id) } }),
  },
  { header: "audit.actor", value: (entry, reader) => auditWords(entry, reader).actorName },
  action,
  {
    header: "audit.targetName",
    value: (entry, reader) => {
      const { targetName, target } = auditWords(entry, reader);
      return targetName ?? target;
    },
  },
  { header: "audit.changes", value: (entry, reader) => auditWords(entry, reader).changeText },
  { header: "audit.outcome", value: (entry, reader) => auditWords(entry, reader).outcomeText },
  address,
];

interface FileOfTrail extends Pick<OpenedTable, "range"> {
  format: FileFormat;
  zone: IanaZone;
  reader: Reader;
}

/** The entries as the shared writers of files take them. */
export function auditTable(
  entries: AsyncIterable<readonly AuditEntry[]>,
  { format, zone, range, reader }: FileOfTrail,
): OpenedTable {
  return listTable(format === "pdf" ? PRINTED : STORED, entries, { zone, range, reader });
}

/** Epoch milliseconds; null where the trail is from its beginning on. */
export function auditRange({ from, to }: AuditFilter): OpenedTable["range"] {
  return from && { from: from.getTime(), to: to && to.getTime() };
}

/** The filters that the heading's range does not say. */
export function auditFilterWords(
  params: SearchParams,
  { search, area, outcome, companyId, from, to }: AuditFilter,
  companies: readonly { id: number; name: string }[],
): Text[] {
  const name = companies.find(({ id }) => id === companyId)?.name ?? `#${companyId}`;
  return [
    ...(search ? [filterText("lists.search", search)] : []),
    ...(area ? [filterText("audit.area", { key: `audit.areas.${area}` })] : []),
    ...(outcome ? [filterText("audit.outcome", auditOutcomeText(outcome))] : []),
    ...(companyId === null ? [] : [filterText("audit.company", name)]),
    ...(to && !from ? [filterText("lists.to", textParam(params, "to"))] : []),
  ];
}
