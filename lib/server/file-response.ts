import { attachmentHeader } from "@/lib/export/file-name";
import { spool } from "@/lib/export/spool";
import type { Place } from "@/lib/services/reports/fair-queue";
import type { TableFile } from "@/lib/services/tables/table-file";
import { streamResponse } from "./read-api/stream-response";
import { whileAllowed } from "./still-allowed";

interface Sending {
  fileName: string;
  headers?: Record<string, string>;
  /** Whose files are counted together. */
  reader: string;
  /** Whether the reader may still have it. */
  isAllowed: () => Promise<boolean>;
  abort: AbortController;
  place: Place;
}

/** Sends a file in its turn: text while it is written, other files once they are made. @throws AppError as `spool`. */
export async function fileResponse(
  file: TableFile,
  { fileName, headers, reader, isAllowed, abort, place }: Sending,
): Promise<Response> {
  const told = {
    "Content-Type": file.contentType,
    "Content-Disposition": attachmentHeader(fileName),
    ...headers,
  };
  if (file.kind === "text") return streamResponse(file.pieces, told, { abort, place });
  const spooled = await spool(reader, file.pieces);
  // The file is complete: release the queue slot.
  place.leave();
  const sized = { ...told, "Content-Length": String(spooled.bytes) };
  return streamResponse(whileAllowed(spooled.pieces, isAllowed), sized, { abort });
}
