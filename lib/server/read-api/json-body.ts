import { AppError } from "@/lib/errors";

const MOST_BYTES = 16 * 1024;

/** The request's body as JSON. @throws AppError `invalid` for more than 16 KiB and for what is no JSON. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new AppError("invalid", "The body is longer than 16 KiB.");
    pieces.push(piece);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces)));
  } catch {
    throw new AppError("invalid", "The body is no JSON.");
  }
}
