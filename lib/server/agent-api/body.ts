import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@/lib/errors";
import { type AgentRequest, BodyTooLarge } from "./types";

const inflate = promisify(gunzip);
const MAX_DEPTH = 32;
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Reads a request's JSON: gzip understood, the limit holding before and after inflating, UTF-8 with or without a
 * byte-order mark, whatever the Content-Type says.
 *
 * @throws AppError `invalid`, or BodyTooLarge.
 */
export async function readJson(request: AgentRequest, limitBytes: number): Promise<unknown> {
  const raw = await request.readBody(limitBytes);
  const encoding = request.header("content-encoding")?.trim().toLowerCase();
  const isPlain = !encoding || encoding === "identity";
  return parseJson(isPlain ? raw : await decode(raw, encoding, limitBytes));
}

async function decode(raw: Buffer, name: string, limitBytes: number): Promise<Buffer> {
  if (name !== "gzip" && name !== "x-gzip") {
    throw new AppError("invalid", "Only the gzip content encoding is understood");
  }
  try {
    return await inflate(raw, { maxOutputLength: limitBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new BodyTooLarge();
    throw new AppError("invalid", "The body is not valid gzip");
  }
}

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new AppError("invalid", "The body is not valid UTF-8");
  const sent = bytes.toString("utf8");
  const text = sent.startsWith(BYTE_ORDER_MARK) ? sent.slice(1) : sent;
  if (text.trim() === "") throw new AppError("invalid", "The body is empty; a JSON object is expected");
  if (isTooDeep(text)) throw new AppError("invalid", `The JSON is nested more than ${MAX_DEPTH} levels deep`);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid", "The body is not valid JSON");
  }
}

/** Counts brackets outside strings; run before parsing, so that nesting costs nothing. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}
