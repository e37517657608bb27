import type { NextRequest } from "next/server";
import { auditActionText } from "@/lib/domain/audit-actions";
import { wordText, type Reader, type TextKey } from "@/lib/domain/text";
import { formatOffsetIso, ianaZone, type IanaZone } from "@/lib/domain/zones";
import { BYTE_ORDER_MARK, csvLine } from "@/lib/export/csv";
import { recordExport } from "@/lib/services/audit/record-export";
import { auditScopeOf, streamAudit, type AuditEntry, type AuditView } from "@/lib/services/audit/read-audit";
import { readSettings } from "@/lib/services/settings/read-settings";
import { auditFilterOf } from "./audit-filter";
import type { SignedIn } from "./guards";
import { readerOf } from "./report-page";
import { isStillAllowed, whileAllowed } from "./still-allowed";
import { abortWith, queuedResponse } from "./queued-response";
import { getReader } from "./texts/words";
import { streamResponse } from "./read-api/stream-response";

const HEADER: readonly TextKey[] = [
  "audit.number",
  "audit.time",
  "audit.company",
  "audit.actor",
  "audit.recordedAs",
  "audit.action",
  "audit.outcome",
  "audit.targetType",
  "audit.targetId",
  "audit.targetName",
  "audit.address",
  "audit.before",
  "audit.after",
  "audit.requestId",
  "audit.hash",
];

/** The trail as a CSV file that is written while it is read, in its turn. The export itself is audited first. */
export function auditCsvResponse(
  request: NextRequest,
  view: AuditView,
  user: SignedIn,
  ownZone: string | null,
): Promise<Response> {
  const abort = abortWith(request);
  const scope = auditScopeOf(view);
  const asker = { reader: readerOf(user), scope, signal: abort.signal };
  return queuedResponse(asker, (place) =>
    writeTrail(view, request.nextUrl.searchParams, ownZone, { user, abort, place }),
  );
}

async function writeTrail(
  view: AuditView,
  query: URLSearchParams,
  ownZone: string | null,
  { user, ...streaming }: Parameters<typeof streamResponse>[2] & { user: SignedIn },
): Promise<Response> {
  const zone = ianaZone(ownZone ?? (await readSettings()).timeZone);
  const filter = auditFilterOf(Object.fromEntries(query), zone);
  await recordExport(view, query.toString());
  const day = new Date().toISOString().slice(0, 10);
  const headers = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="audit-${day}.csv"`,
  };
  const reader = await getReader();
  const scope = auditScopeOf(view);
  const needed = scope
    ? { action: "audit:read-company" as const }
    : { portalAction: "audit:read-all" as const };
  const isAllowed = () => isStillAllowed(user, { scope, ...needed, mayIdle: true });
  const entries = whileAllowed(streamAudit(view, filter), isAllowed);
  return streamResponse(csvText(entries, zone, reader), headers, streaming);
}

async function* csvText(
  batches: AsyncIterable<readonly AuditEntry[]>,
  zone: IanaZone,
  reader: Reader,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(HEADER.map((key) => wordText({ key }, reader)))}`;
  for await (const batch of batches) {
    yield batch.map((entry) => csvLine(cellsOf(entry, zone, reader))).join("");
  }
}

function cellsOf(entry: AuditEntry, zone: IanaZone, reader: Reader): (string | number | null)[] {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return [
    entry.seq,
    formatOffsetIso(entry.at, zone),
    entry.company?.name ?? (entry.company === null ? null : String(entry.company.id)),
    entry.actorName,
    entry.action,
    wordText(auditActionText(entry.action), reader),
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
