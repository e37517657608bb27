import type { z } from "zod";
import { writeCsv } from "@/lib/export/csv";
import { attachmentHeader, exportFileName } from "@/lib/export/file-name";
import { jsonInstant, jsonRow, writeJson } from "@/lib/export/json";
import { AppError } from "@/lib/errors";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { assertNotCrossSite, refusalResponse } from "../routes";
import { authoriseReader, type Reader } from "./authorise";
import { commonQuery } from "./common-query";
import { headingOf } from "./heading-of";
import { parseParams } from "./parse-params";
import { pickColumns } from "./pick-columns";
import { streamResponse } from "./stream-response";
import type { OpenedTable, TableSource } from "./table-source";

interface Answering {
  source: TableSource;
  reader: Reader;
  table: OpenedTable;
  common: z.output<typeof commonQuery>;
  params: URLSearchParams;
  abort: AbortController;
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
    const abort = new AbortController();
    request.signal.addEventListener("abort", () => abort.abort(), { once: true });
    const now = Date.now();
    const { scope, viewZone, companyNames } = reader;
    const opened = source.open({ scope, params, viewZone, companyNames, now, signal: abort.signal });
    const table = pickColumns(opened, common.columns, isFile);
    const answering = { source, reader, table, common, params, abort, now };
    return await (isFile ? fileResponse(answering) : jsonResponse(answering));
  } catch (error) {
    return refusalResponse(error, pathname, reader?.audit ?? null);
  }
}

async function jsonResponse({ source, reader, table, abort }: Answering): Promise<Response> {
  const { columns, range, zone } = table;
  const heading = {
    report: source.name,
    company: reader.company,
    timeZone: zone,
    ...(range && { from: jsonInstant(range.from), to: range.to === null ? null : jsonInstant(range.to) }),
  };
  if (table.page) {
    const { rows, next } = await table.page();
    const body = { ...heading, rows: rows.map((cells) => jsonRow(columns, cells)), next };
    return Response.json(body, { headers: { "Cache-Control": "no-store", ...reader.headers } });
  }
  const headers = { "Content-Type": "application/json; charset=utf-8", ...reader.headers };
  return streamResponse(writeJson(heading, columns, table.batches()), headers, abort);
}

async function fileResponse(answering: Answering): Promise<Response> {
  const { source, reader, table, common, params, abort, now } = answering;
  const heading = await headingOf(source, table, reader.company, now);
  const { format } = common;
  await recordReportExport(reader.audit, reader.scope, {
    report: source.name,
    format,
    query: params.toString(),
  });
  const options = { zone: table.zone, hasByteOrderMark: common.bom === "on" };
  return streamResponse(
    writeCsv(table.columns, table.batches(), options),
    {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": attachmentHeader(exportFileName(source.name, heading, format)),
      ...reader.headers,
    },
    abort,
  );
}
