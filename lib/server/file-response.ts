import type { CompanyScope } from "@/lib/services/access/read-access";
import { attachmentHeader } from "@/lib/export/file-name";
import { spool } from "@/lib/export/spool";
import { laneOf } from "@/lib/services/reports/report-queue";
import type { Place } from "@/lib/services/reports/fair-queue";
import type { TableFile } from "@/lib/services/tables/table-file";
import { streamResponse } from "./read-api/stream-response";
import { whileAllowed } from "./still-allowed";

interface Sending {
  fileName: string;
  headers?: Record<string, string>;
  /** Whose files are counted together: the reader's, and those of the scope's company; null for what is of the portal. */
  reader: string;
  scope: CompanyScope | null;
  /** Whether the reader may still have it. */
  isAllowed: () => Promise<boolean>;
  abort: AbortController;
  place: Place;
}

/** Sends a file in its turn: text while it is written, other files once they are made. @throws AppError as `spool`. */
export async function fileResponse(
  file: TableFile,
  { fileName, headers, reader, scope, isAllowed, abort, place }: Sending,
): Promise<Response> {
  const told = {
    "Content-Type": file.contentType,
    "Content-Disposition": attachmentHeader(fileName),
    ...headers,
  };
  if (file.kind === "text") return streamResponse(file.pieces, told, { abort, place });
  const spooled = await spool({ reader, lane: laneOf(scope) }, file.pieces);
  // The file is complete: release the queue slot.
  place.leave();
  return streamResponse(whileAllowed(spooled, isAllowed), told, { abort });
}
