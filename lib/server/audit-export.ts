import type { NextRequest } from "next/server";
import { z } from "zod";
import { FILE_FORMATS, type FileFormat } from "@/lib/domain/reports/table-address";
import { ianaZone } from "@/lib/domain/zones";
import { exportFileName } from "@/lib/export/file-name";
import { wordHeading } from "@/lib/export/heading";
import type { Place } from "@/lib/services/reports/fair-queue";
import { recordExport } from "@/lib/services/audit/record-export";
import { auditScopeOf, streamAudit, type AuditView } from "@/lib/services/audit/read-audit";
import { readSettings } from "@/lib/services/settings/read-settings";
import { parseParams } from "@/lib/services/tables/parse-params";
import { openTableFile } from "@/lib/services/tables/table-file";
import { auditFilterOf } from "./audit-filter";
import { auditFilterWords, auditRange, auditTable } from "./audit-table";
import { fileResponse } from "./file-response";
import type { SignedIn } from "./guards";
import { abortWith, queuedResponse, ticketOf } from "./queued-response";
import { readerOf } from "./report-page";
import { isStillAllowed, whileAllowed } from "./still-allowed";
import { getReader } from "./texts/words";

/** A link of older versions names no format. */
const formatQuery = z.object({
  format: z.enum(Object.keys(FILE_FORMATS) as FileFormat[]).default("csv"),
});

interface Trail {
  view: AuditView;
  /** Whose trail it is; null for several companies and for the whole. */
  company: { name: string } | null;
  /** The reader's or the company's; null for the portal's. */
  zone: string | null;
}

/**
 * The trail under the filters of the address as a file, in its turn. The export itself is audited first.
 *
 * @throws AccessDenied; AppError `invalid` for another format, and for more rows than a PDF is made of.
 */
export async function auditFileResponse(
  request: NextRequest,
  trail: Trail,
  user: SignedIn,
): Promise<Response> {
  const params = request.nextUrl.searchParams;
  const { format } = parseParams(formatQuery, params);
  const abort = abortWith(request);
  const scope = auditScopeOf(trail.view);
  const asker = { reader: readerOf(user), scope, signal: abort.signal, ticket: ticketOf(request) };
  return queuedResponse(asker, (place) => makeFile(trail, { params, format }, { user, abort, place }));
}

async function makeFile(
  { view, company, zone: ownZone }: Trail,
  { params, format }: { params: URLSearchParams; format: FileFormat },
  { user, abort, place }: { user: SignedIn; abort: AbortController; place: Place },
): Promise<Response> {
  const zone = ianaZone(ownZone ?? (await readSettings()).timeZone);
  const given = Object.fromEntries(params);
  const filter = auditFilterOf(given, zone);
  const reader = await getReader();
  const scope = auditScopeOf(view);
  const needed = scope
    ? { action: "audit:read-company" as const }
    : { portalAction: "audit:read-all" as const };
  const isAllowed = () => isStillAllowed(user, { scope, ...needed, mayIdle: true });
  const entries = whileAllowed(streamAudit(view, filter), isAllowed);
  const facts = {
    title: { key: "audit.title" },
    companyName: company?.name ?? null,
    range: auditRange(filter),
    filterWords: auditFilterWords(given, filter, user.access.companies),
    zone,
    madeAt: Date.now(),
  } as const;
  const heading = wordHeading(facts, reader);
  const table = auditTable(entries, { format, zone, range: facts.range, reader });
  await recordExport(view, format, params);
  const ask = { format, heading, reader, hasByteOrderMark: true, signal: abort.signal };
  const file = await openTableFile(table, ask);
  const fileName = exportFileName("audit", heading, format);
  return fileResponse(file, { fileName, reader: readerOf(user), isAllowed, abort, place });
}
