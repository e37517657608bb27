import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@/lib/errors";
import { agentBodies, HeldBytes } from "../bodies-under-way";
import { limitKey } from "../rate-limit/limit-key";
import { type AgentRequest, BodyTooLarge } from "./types";

const inflate = promisify(gunzip);
const MAX_DEPTH = 32;
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Reads a request's JSON: gzip understood, the limit holding before and after inflating, UTF-8 with or without a
 * byte-order mark, whatever the Content-Type says.
 *
 * Its bytes are counted for the key and the address until the request is answered.
 *
 * @throws AppError `invalid`, or `limited` or `unavailable` when too many bytes are under way; BodyTooLarge, BodyTooSlow.
 */
export async function readJson(request: AgentRequest, keyId: number, limitBytes: number): Promise<unknown> {
  const owners = [limitKey({ keyId }), limitKey({ address: request.address })];
  const held = (request.held = new HeldBytes(agentBodies(), owners));
  const raw = await request.readBody(limitBytes, held);
  const encoding = request.header("content-encoding")?.trim().toLowerCase();
  if (!encoding || encoding === "identity") return parseJson(raw);
  const inflated = await decode(raw, encoding, limitBytes);
  held.add(inflated.length);
  return parseJson(inflated);
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
