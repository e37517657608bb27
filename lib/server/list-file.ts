import type { NextRequest } from "next/server";
import { z } from "zod";
import { FILE_FORMATS, type FileFormat } from "@/lib/domain/reports/table-address";
import type { Reader } from "@/lib/domain/text";
import { exportFileName } from "@/lib/export/file-name";
import { wordHeading, type HeadingFacts } from "@/lib/export/heading";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { parseParams } from "@/lib/services/tables/parse-params";
import { openTableFile } from "@/lib/services/tables/table-file";
import type { OpenedTable } from "@/lib/services/tables/table-source";
import { fileResponse } from "./file-response";
import type { SignedIn } from "./guards";
import { abortWith, queuedResponse } from "./queued-response";
import { readerOf } from "./report-page";
import { assertNotCrossSite } from "./routes";
import { getReader } from "./texts/words";

/** A list that has files of its own, beside the read API, as one request asks for it. */
export interface ListFile {
  /** The beginning of file names. */
  name: string;
  facts: Omit<HeadingFacts, "madeAt">;
  /** Whose turn it takes in the queue; null for what is of the portal. */
  scope: CompanyScope | null;
  table: (format: FileFormat, reader: Reader) => OpenedTable;
  /** Notes the export in the audit trail; `rowCount` where it is known before. */
  record: (exported: { format: FileFormat; query: string; rowCount: number | undefined }) => Promise<void>;
  /** Whether the reader may still have it. */
  isAllowed: () => Promise<boolean>;
}

/** A link of older versions names no format. */
const formatQuery = z.object({
  format: z.enum(Object.keys(FILE_FORMATS) as FileFormat[]).default("csv"),
});

/**
 * Every row of the list as a file in the format that the address names, in its turn, and recorded before it is sent.
 *
 * @throws AppError `invalid` for another format, and for more rows than a PDF is made of; `forbidden` from other sites.
 */
export async function listFileResponse(
  request: NextRequest,
  user: SignedIn,
  { name, facts, scope, table, record, isAllowed }: ListFile,
): Promise<Response> {
  assertNotCrossSite(request);
  const params = new URLSearchParams(request.nextUrl.searchParams);
  const { format } = parseParams(formatQuery, params);
  params.delete("format");
  const abort = abortWith(request);
  const { signal } = abort;
  const asker = { reader: readerOf(user), scope, signal };
  return queuedResponse(request, asker, async (place) => {
    const reader = await getReader();
    const heading = wordHeading({ ...facts, madeAt: Date.now() }, reader);
    const ask = { format, heading, reader, hasByteOrderMark: true, signal };
    const file = await openTableFile(table(format, reader), ask);
    const rowCount = file.kind === "binary" ? file.rowCount : undefined;
    await record({ format, query: params.toString(), rowCount });
    const fileName = exportFileName(name, heading, format);
    return fileResponse(file, { fileName, reader: asker.reader, scope, isAllowed, abort, place });
  });
}
