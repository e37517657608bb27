import type { z } from "zod";
import { exportFileName } from "@/lib/export/file-name";
import { jsonInstant, jsonRows, writeJson } from "@/lib/export/json";
import type { FileFormat } from "@/lib/domain/reports/table-address";
import { ENGLISH_READER } from "@/lib/english";
import { AppError } from "@/lib/errors";
import type { Place } from "@/lib/services/reports/fair-queue";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { fileResponse as sendFile } from "../file-response";
import { assertNotCrossSite, refusalResponse } from "../routes";
import { getReader } from "../texts/words";
import { authoriseReader, type Reader } from "./authorise";
import { commonQuery } from "./common-query";
import { headingOf } from "@/lib/services/tables/heading-of";
import { parseParams } from "@/lib/services/tables/parse-params";
import { permittedScope } from "@/lib/services/tables/permitted-scope";
import { pickColumns } from "@/lib/services/tables/pick-columns";
import { runList } from "@/lib/services/reports/list-queue";
import { laggingScope, reportScope } from "@/lib/services/reports/report-queue";
import { abortWith, queuedResponse } from "../queued-response";
import { whileAllowed } from "../still-allowed";
import { streamResponse } from "./stream-response";
import { openTableFile } from "@/lib/services/tables/table-file";
import type { OpenedTable, TableSource } from "@/lib/services/tables/table-source";

interface Answering {
  source: TableSource;
  reader: Reader;
  table: OpenedTable;
  /** Whether the reader may still have it. */
  isAllowed: () => Promise<boolean>;
  common: z.output<typeof commonQuery>;
  params: URLSearchParams;
  abort: AbortController;
  request: Request;
  now: number;
}

/** Answers a request to the read API for the source. Errors answer as JSON with their status, naming the field. */
export async function answerTable(request: Request, source: TableSource | undefined): Promise<Response> {
  const { searchParams: params, pathname } = new URL(request.url);
  let reader: Reader | undefined;
  try {
    reader = await authoriseReader(request, params.get("company"));
    if (!source) throw new AppError("not_found", "There is no such report.");
    const common = parseParams(commonQuery, params);
    const isFile = common.format !== "json";
    if (isFile && reader.isSession) assertNotCrossSite(request);
    const abort = abortWith(request);
    const now = Date.now();
    const { viewZone, companyNames } = reader;
    const permitted = permittedScope(source, reader.scope, reader.actor);
    const isQueued = isFile || !source.isPaged;
    const scope = isQueued ? reportScope(permitted) : laggingScope(permitted);
    const opened = source.open({
      scope,
      params,
      viewZone,
      actor: reader.actor,
      companyNames,
      now,
      signal: abort.signal,
    });
    const held = reader;
    const isAllowed = () => held.isStillAllowed(permitted, source.action);
    const picked = pickColumns(heldTable(opened, isAllowed), common.columns, isFile);
    const table = common.totals === "on" ? picked : { ...picked, totals: undefined };
    // Its export is told to the companies whose rows may be in it, and to no other.
    const permittedReader = { ...reader, scope: permitted };
    const answering = {
      source,
      reader: permittedReader,
      table,
      isAllowed,
      common,
      params,
      abort,
      request,
      now,
    };
    return await (isFile ? fileResponse(answering) : jsonResponse(answering));
  } catch (error) {
    return refusalResponse(error, pathname, reader?.audit ?? null, !request.headers.has("x-api-key"));
  }
}

/** The table, whose rows end with an error once its reader may not read them any more. */
function heldTable(table: OpenedTable, isAllowed: () => Promise<boolean>): OpenedTable {
  const { batches, lines } = table;
  return {
    ...table,
    batches: () => whileAllowed(batches(), isAllowed),
    lines: lines && ((columns, reader) => whileAllowed(lines(columns, reader), isAllowed)),
  };
}

/** Waits for the turn of the one who asks. */
function inQueue({ reader, abort, request }: Answering, work: (place: Place) => Promise<Response>) {
  const { scope } = reader;
  return queuedResponse(request, { reader: reader.reader, scope, signal: abort.signal }, work);
}

async function jsonResponse(answering: Answering): Promise<Response> {
  const { source, reader, table, abort } = answering;
  const { columns, range, zone } = table;
  const heading = {
    report: source.name,
    company: reader.company,
    timeZone: zone,
    ...(range && { from: jsonInstant(range.from), to: range.to === null ? null : jsonInstant(range.to) }),
  };
  if (table.page) {
    const asker = { reader: reader.reader, scope: reader.scope, signal: abort.signal };
    const { rows, next } = await runList(asker, table.page);
    const body = { ...heading, rows: jsonRows(columns, rows), next };
    return Response.json(body, { headers: { "Cache-Control": "no-store", ...reader.headers } });
  }
  const headers = { "Content-Type": "application/json; charset=utf-8", ...reader.headers };
  return inQueue(answering, (place) =>
    streamResponse(writeJson(heading, columns, table.batches()), headers, { abort, place }),
  );
}

function fileResponse(answering: Answering): Promise<Response> {
  return inQueue(answering, (place) => makeFile(answering, place));
}

async function makeFile(answering: Answering, place: Place): Promise<Response> {
  const { source, reader, table, isAllowed, common, params, abort, now } = answering;
  const words = reader.isSession ? await getReader() : ENGLISH_READER;
  const heading = await headingOf(source, table, { company: reader.company, now, reader: words });
  const format = common.format as FileFormat;
  const hasByteOrderMark = common.bom === "on";
  const file = await openTableFile(table, {
    format,
    heading,
    reader: words,
    hasByteOrderMark,
    signal: abort.signal,
  });
  const rowCount = file.kind === "binary" ? file.rowCount : undefined;
  const exported = { report: source.name, format, query: params.toString(), rowCount };
  await recordReportExport(reader.audit, reader.scope, exported);
  return sendFile(file, {
    fileName: exportFileName(source.name, heading, format),
    headers: reader.headers,
    reader: reader.reader,
    scope: reader.scope,
    isAllowed,
    abort,
    place,
  });
}
