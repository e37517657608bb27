import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { parseRetryAfter, resultOfStatus } from "@/lib/domain/notifications/retry-schedule";
import type { Text, TextKey } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { assertHostAllowed, BlockedAddress, guardedLookup } from "./guarded-lookup";
import { failure, type SendOutcome } from "./transport";

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  timeoutMilliseconds: number;
}

/**
 * Posts JSON to an address that a user gave: over a connection of its own to an allowed address, without following
 * anything. Of the answer it takes status and Retry-After; not a byte of the body is read.
 */
export async function postGuarded({
  url,
  headers,
  body,
  signal,
  timeoutMilliseconds,
}: Post): Promise<SendOutcome> {
  const target = new URL(url);
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  try {
    if (target.protocol !== "http:" && target.protocol !== "https:") throw new BlockedAddress();
    assertHostAllowed(target.hostname);
    const answer = await post(target, body, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "WinAuthMon",
        ...headers,
        "Content-Length": String(Buffer.byteLength(body)),
      },
      agent: false,
      lookup: guardedLookup as NonNullable<RequestOptions["lookup"]>,
      signal: AbortSignal.any([signal, timeout]),
    });
    return outcomeOf(answer);
  } catch (error) {
    // The server stops: the attempt did not happen, and is made again under the same id.
    if (signal.aborted) throw signal.reason;
    if (!timeout.aborted) return failure(noteOf(error));
    return failure({ key: "deliveryNotes.noAnswer", values: { seconds: timeoutMilliseconds / 1_000 } });
  }
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
}

function post(target: URL, body: string, options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = target.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(target, options, (response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
      response.on("error", () => undefined);
      response.destroy();
    });
    request.on("error", reject);
    request.end(body);
  });
}

function outcomeOf({ status, retryAfter }: Answer): SendOutcome {
  const result = resultOfStatus(status);
  return {
    result,
    status,
    note: result === "success" ? null : inEnglish(statusNote(status)),
    retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
  };
}

function statusNote(status: number): Text {
  const values = { status: String(status) };
  return status >= 300 && status < 400
    ? { key: "deliveryNotes.redirected", values }
    : { key: "deliveryNotes.answered", values };
}

const NOTES: Readonly<Record<string, TextKey>> = {
  ECONNREFUSED: "deliveryNotes.refused",
  ECONNRESET: "deliveryNotes.closed",
  EPIPE: "deliveryNotes.closed",
  ENOTFOUND: "deliveryNotes.unknownHost",
  EAI_AGAIN: "deliveryNotes.lookupFailed",
  EHOSTUNREACH: "deliveryNotes.unreachable",
  ENETUNREACH: "deliveryNotes.unreachable",
  ETIMEDOUT: "deliveryNotes.timedOut",
};

/** By its code alone: the message of a network error may quote what the other side sent. */
function noteOf(error: unknown): Text {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BlockedAddress) return { key: "deliveryNotes.blocked" };
    const code = "code" in cause ? String(cause.code) : "";
    if (NOTES[code]) return { key: NOTES[code] };
    if (/CERT|SIGNED|SSL|TLS|ALTNAME/.test(code))
      return { key: "deliveryNotes.tlsRefused", values: { code } };
    if (code.startsWith("HPE_")) return { key: "deliveryNotes.notHttp" };
  }
  return { key: "deliveryNotes.failed" };
}
