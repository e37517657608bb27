import { z } from "zod";
import { jsonInstant, writeJson } from "@/lib/export/json";
import { AppError } from "@/lib/errors";
import { ianaZone } from "@/lib/domain/zones";
import { refusalResponse } from "../routes";
import { authoriseReader, type Reader } from "./authorise";
import { parseParams } from "./parse-params";
import { streamResponse } from "./stream-response";
import type { OpenedTable, TableSource } from "./table-source";

const commonQuery = z.object({
  company: z.string().max(20).optional(),
  format: z.enum(["json"]).default("json"),
});

/** Answers a request to the read API for the source. Errors answer as JSON with their status, naming the field. */
export async function answerTable(request: Request, source: TableSource | undefined): Promise<Response> {
  let reader: Reader | undefined;
  try {
    const params = new URL(request.url).searchParams;
    reader = await authoriseReader(request, params.get("company"));
    if (!source) throw new AppError("not_found", "There is no such report.");
    parseParams(commonQuery, params);
    const abort = new AbortController();
    request.signal.addEventListener("abort", () => abort.abort(), { once: true });
    const table = source.open({
      scope: reader.scope,
      params,
      viewZone: ianaZone(reader.viewZone),
      isManyCompanies: reader.company === null,
      now: Date.now(),
      signal: abort.signal,
    });
    return await jsonResponse(source, reader, table, abort);
  } catch (error) {
    return refusalResponse(error, new URL(request.url).pathname, reader?.audit ?? null);
  }
}

async function jsonResponse(
  source: TableSource,
  reader: Reader,
  table: OpenedTable,
  abort: AbortController,
): Promise<Response> {
  const headers = { "Content-Type": "application/json; charset=utf-8", ...reader.headers };
  const heading = {
    report: source.name,
    company: reader.company,
    timeZone: table.zone,
    ...(table.range && {
      from: jsonInstant(table.range.from),
      to: table.range.to === null ? null : jsonInstant(table.range.to),
    }),
  };
  return streamResponse(writeJson(heading, table.columns, table.batches()), headers, abort);
}
