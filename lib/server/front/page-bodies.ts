import type { IncomingMessage, ServerResponse } from "node:http";
import { isAppError } from "@/lib/errors";
import { HeldBytes, pageBodies } from "../bodies-under-way";
import { limitKey } from "../rate-limit/limit-key";
import { leastRate, watchBody } from "../slow-bodies";
import { hasBody, refuse, refuseConnection, type Refusal } from "./refuse";

/** As much as Next takes of a form (bodySizeLimit in next.config.ts). */
const MOST_BYTES = 1024 * 1024;
/** A form of a visitor without a session has a handful of short fields. */
const MOST_SIGNED_OUT_BYTES = 64 * 1024;

const TOO_LARGE: Refusal = { status: 413, message: "The request body is too large" };
const TOO_SLOW: Refusal = { status: 408, message: "The request body arrived too slowly" };

/**
 * Bounds the body of a request that goes to Next: its size, its rate, and with all others the memory it takes.
 *
 * False when the request is refused at once. Later its connection is ended, which Next knows as a client that left.
 */
export function boundBody(
  req: IncomingMessage,
  res: ServerResponse,
  { address, isSignedOut }: { address: string; isSignedOut: boolean },
): boolean {
  if (!hasBody(req)) return true;
  const most = isSignedOut ? MOST_SIGNED_OUT_BYTES : MOST_BYTES;
  if (Number(req.headers["content-length"] ?? 0) > most) {
    refuse(req, res, TOO_LARGE);
    return false;
  }
  const cutOff = (refusal: Refusal) => {
    // An answer that has begun cannot be changed into another.
    if (res.headersSent) req.socket.destroy();
    else refuseConnection(req.socket, refusal);
  };
  const held = new HeldBytes(pageBodies(), [limitKey({ address })]);
  const endWatch = watchBody(req, leastRate(), () => cutOff(TOO_SLOW));
  res.once("close", () => {
    held.release();
    if (req.complete) endWatch();
  });
  count(req, held, most, cutOff);
  return true;
}

/** Listening for data would set it flowing before Next asks for it, so it is counted where the parser hands it over. */
function count(
  req: IncomingMessage,
  held: HeldBytes,
  most: number,
  cutOff: (refusal: Refusal) => void,
): void {
  const push = req.push.bind(req);
  let bytes = 0;
  let isCutOff = false;
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk === null || isCutOff) return push(chunk, encoding);
    bytes += chunk.length;
    const refusal = bytes > most ? TOO_LARGE : refusalOf(held, chunk.length);
    if (!refusal) return push(chunk, encoding);
    isCutOff = true;
    cutOff(refusal);
    return false;
  };
}

function refusalOf(held: HeldBytes, bytes: number): Refusal | null {
  try {
    held.add(bytes);
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { status, message, retryAfterSeconds = 1 } = error;
    return { status, message, headers: { "Retry-After": String(retryAfterSeconds) } };
  }
}
