import { isAppError, isDatabaseHeldUp, isDatabaseOutage } from "@/lib/errors";
import { countRejectedField, metrics } from "@/lib/metrics";
import { reportError } from "../report-error";
import { health, liveness } from "./health";
import { logEvent } from "./log-event";
import { logEvents } from "./log-events";
import { errorResponse, invalidResponse, jsonResponse } from "./respond";
import {
  BodyBrokenOff,
  BodyTooLarge,
  BodyTooSlow,
  type AgentHandler,
  type AgentRequest,
  type AgentResponse,
} from "./types";

const ROUTES: Record<string, Record<string, AgentHandler>> = {
  "/api/log_event": { POST: logEvent },
  "/api/log_events": { POST: logEvents },
  "/api/health": { GET: liveness, HEAD: liveness, POST: health },
};

/** The agent path a URL path names, or undefined when it is not one. */
export function agentPathOf(pathname: string): string | undefined {
  return Object.hasOwn(ROUTES, pathname) ? pathname : undefined;
}

/** A full disk or a lock that lasts is rarely over sooner. */
const HELD_UP_RETRY_SECONDS = 30;
/** One error fails all requests of its commit and those of the next second; a full disk needs no line for each. */
const told = new WeakSet<object>();

/** Why a request is refused, by status, as the metrics count it. */
export const REASONS: Readonly<Record<number, string>> = {
  401: "api key",
  403: "scope",
  405: "method",
  408: "too slow",
  413: "too large",
  429: "rate limit",
  500: "internal error",
  503: "unavailable",
};

/** Answers an agent's request; never throws. One function behind both mounts, so that they cannot differ. */
export function dispatchAgentRequest(path: string, request: AgentRequest): Promise<AgentResponse> {
  const counted = metrics();
  return counted ? routeCounted(counted, path, request) : route(path, request);
}

async function routeCounted(
  counted: NonNullable<ReturnType<typeof metrics>>,
  path: string,
  request: AgentRequest,
): Promise<AgentResponse> {
  const startedAt = performance.now();
  const response = await route(path, request);
  const { status } = response;
  counted.agentRequests.inc({ path, status });
  if (path !== "/api/health" && status < 400)
    counted.ingestSeconds.observe((performance.now() - startedAt) / 1000);
  const reason = REASONS[status];
  if (reason !== undefined) counted.rejections.inc({ reason });
  return response;
}

async function route(path: string, request: AgentRequest): Promise<AgentResponse> {
  const methods = ROUTES[path] ?? {};
  const handler = methods[request.method];
  if (!handler) return errorResponse(405, "Method not allowed", { Allow: Object.keys(methods).join(", ") });
  try {
    return await handler(request);
  } catch (error) {
    return failureResponse(error, path, request);
  } finally {
    request.held?.release();
  }
}

function failureResponse(error: unknown, path: string, request: AgentRequest): AgentResponse {
  if (error instanceof BodyTooLarge) return errorResponse(413, "The request body is too large");
  if (error instanceof BodyTooSlow) return errorResponse(408, "The request body arrived too slowly");
  // For the metrics alone, by the status that proxies use; the agent has left.
  if (error instanceof BodyBrokenOff) return errorResponse(499, "The request body was broken off");
  if (isAppError(error)) {
    if (error.code === "invalid") {
      countRejectedField(error.fields[0]?.field);
      return invalidResponse(error.message, error.fields);
    }
    const headers = error.retryAfterSeconds ? { "Retry-After": String(error.retryAfterSeconds) } : undefined;
    return errorResponse(error.status, error.message, headers);
  }
  if (isDatabaseOutage(error)) {
    return errorResponse(503, "The database cannot be reached. Try again later", { "Retry-After": "5" });
  }
  const { requestId, address } = request;
  const report = () => reportError({ source: "agent-api", error, pathname: path, requestId, address });
  if (isDatabaseHeldUp(error)) {
    // Reported, unlike an outage, which health checks show.
    if (!told.has(error as object)) report();
    told.add(error as object);
    return errorResponse(503, "The database can't store this at present. Try again later", {
      "Retry-After": String(HELD_UP_RETRY_SECONDS),
    });
  }
  report();
  return jsonResponse(500, { message: "Internal error", status: "error", request_id: requestId });
}
