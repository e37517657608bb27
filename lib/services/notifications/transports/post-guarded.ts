import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { parseRetryAfter, resultOfStatus } from "@/lib/domain/notifications/retry-schedule";
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
    return failure(timeout.aborted ? `No answer within ${timeoutMilliseconds / 1000} s.` : noteOf(error));
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
  const isRedirect = status >= 300 && status < 400;
  return {
    result,
    status,
    note:
      result === "success"
        ? null
        : isRedirect
          ? `Answered ${status}; redirects are not followed.`
          : `Answered ${status}.`,
    retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was closed before an answer came.",
  EPIPE: "The connection was closed before an answer came.",
  ENOTFOUND: "The name cannot be found.",
  EAI_AGAIN: "The name cannot be looked up at present.",
  EHOSTUNREACH: "There is no way to the address.",
  ENETUNREACH: "There is no way to the address.",
  ETIMEDOUT: "The connection could not be made in time.",
};

/** By its code alone: the message of a network error may quote what the other side sent. */
function noteOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BlockedAddress) return cause.message;
    const code = "code" in cause ? String(cause.code) : "";
    if (WORDS[code]) return WORDS[code];
    if (/CERT|SIGNED|SSL|TLS|ALTNAME/.test(code))
      return `The certificate or TLS connection was refused (${code}).`;
    if (code.startsWith("HPE_")) return "The answer was not HTTP.";
  }
  return "The message could not be sent.";
}
