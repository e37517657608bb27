import { env } from "@/lib/env";
import { findKey, isUsable, type KeyAccess } from "@/lib/services/api-keys/find-key";
import { storeError } from "@/lib/services/errors/store-error";
import { countKeyActivity } from "@/lib/services/events/activity";
import { countUseFast } from "../rate-limit/limiter";
import type { LimitVerdict } from "../rate-limit/window-limiter";
import { errorResponse } from "./respond";
import type { AgentRequest, AgentResponse } from "./types";

export type Authorised = { access: KeyAccess; headers: Record<string, string> } | { refusal: AgentResponse };

/**
 * Checks an agent's key, its scope and its rate limit, in that order; without a promise when the key is cached and
 * the limits are counted in this process. @throws the driver's error in an outage.
 */
export function authoriseAgent(request: AgentRequest): Authorised | Promise<Authorised> {
  const sent = request.header("x-api-key")?.trim().toLowerCase();
  if (!sent) return refuse(request, 401, "No API key provided");
  const found = /^[0-9a-f]{64}$/.test(sent) ? findKey(sent) : null;
  return found instanceof Promise ? found.then((access) => judge(request, access)) : judge(request, found);
}

function judge(request: AgentRequest, access: KeyAccess | null): Authorised | Promise<Authorised> {
  if (!access) return refuse(request, 401, "Invalid API key");
  if (!isUsable(access, Date.now())) return refuse(request, 401, "API key has been disabled", access);
  if (!access.key.scopes.includes("ingest")) {
    return refuse(request, 403, "This API key may not send events", access);
  }
  return limitRate(access);
}

/** Keeps refusals in the stored error log, where a flood of them is one row an hour with a count. */
function refuse(
  { address, requestId }: AgentRequest,
  status: number,
  message: string,
  access?: KeyAccess,
): Authorised {
  const key = access?.key;
  if (access) countKeyActivity(access, { refused: 1 });
  storeError({
    level: "WARNING",
    source: "agent-api",
    error: key ? `${message} (key ${key.id})` : message,
    companyId: key?.companyId,
    requestId,
    address,
  });
  return { refusal: errorResponse(status, message) };
}

function limitRate(access: KeyAccess): Authorised | Promise<Authorised> {
  if (!env().RATE_LIMIT_ENABLED) return { access, headers: {} };
  const counted = countUseFast("agent-key", { keyId: access.key.id });
  return counted instanceof Promise
    ? counted.then((verdict) => apply(access, verdict))
    : apply(access, counted);
}

function apply(access: KeyAccess, verdict: LimitVerdict): Authorised {
  const headers = limitHeaders(verdict);
  if (verdict.isAllowed) return { access, headers };
  countKeyActivity(access, { rejected: 1, refused: 1 });
  const retryAfter = Math.max(1, verdict.resetAtSeconds - Math.floor(Date.now() / 1000));
  return {
    refusal: errorResponse(429, "Too many requests with this API key. Try again later", {
      ...headers,
      "Retry-After": String(retryAfter),
    }),
  };
}

function limitHeaders(verdict: LimitVerdict): Record<string, string> {
  return {
    "X-RateLimit-Limit": String(verdict.limit),
    "X-RateLimit-Remaining": String(verdict.remaining),
    "X-RateLimit-Reset": String(verdict.resetAtSeconds),
  };
}
