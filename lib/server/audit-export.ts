import { auditActionLabel } from "@/lib/domain/audit-actions";
import { formatOffsetIso, ianaZone, type IanaZone } from "@/lib/domain/zones";
import { csvLine } from "@/lib/export/csv";
import { logger } from "@/lib/logger";
import { recordExport } from "@/lib/services/audit/record-export";
import { streamAudit, type AuditEntry, type AuditView } from "@/lib/services/audit/read-audit";
import { readSettings } from "@/lib/services/settings/read-settings";
import { auditFilterOf } from "./audit-filter";

const HEADER = [
  "Number",
  "Time",
  "Company",
  "Actor",
  "Action",
  "What happened",
  "Outcome",
  "Target type",
  "Target id",
  "Target",
  "Address",
  "Before",
  "After",
  "Request id",
  "Hash",
];

/** The trail as a CSV file that is written while it is read. The export itself is audited first. */
export async function auditCsvResponse(
  view: AuditView,
  query: URLSearchParams,
  ownZone: string | null,
): Promise<Response> {
  const zone = ianaZone(ownZone ?? (await readSettings()).timeZone);
  const filter = auditFilterOf(Object.fromEntries(query), zone);
  await recordExport(view, query.toString());
  const batches = streamAudit(view, filter);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    // The byte-order mark tells spreadsheets that this is UTF-8.
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csvLine(HEADER)}`)),
    async pull(controller) {
      try {
        const { value, done } = await batches.next();
        if (done) return controller.close();
        controller.enqueue(encoder.encode(value.map((entry) => csvLine(cellsOf(entry, zone))).join("")));
      } catch (error) {
        // A file that breaks off must not look whole, so the connection is broken off too.
        logger.error({ err: error }, "an audit export broke off");
        controller.error(error);
      }
    },
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="audit-${day}.csv"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

function cellsOf(entry: AuditEntry, zone: IanaZone): (string | number | null)[] {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return [
    entry.seq,
    formatOffsetIso(entry.at, zone),
    entry.company?.name ?? (entry.company === null ? null : String(entry.company.id)),
    entry.actorName,
    entry.action,
    auditActionLabel(entry.action),
    entry.outcome,
    entry.targetType,
    entry.targetId,
    entry.targetName,
    entry.address,
    json(entry.before),
    json(entry.after),
    entry.requestId,
    entry.hash,
  ];
}
