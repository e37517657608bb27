import { isAppError, isDatabaseOutage } from "@/lib/errors";
import { reportError } from "../report-error";
import { health, liveness } from "./health";
import { logEvent } from "./log-event";
import { logEvents } from "./log-events";
import { errorResponse, invalidResponse, jsonResponse } from "./respond";
import { BodyTooLarge, type AgentHandler, type AgentRequest, type AgentResponse } from "./types";

const ROUTES: Record<string, Record<string, AgentHandler>> = {
  "/api/log_event": { POST: logEvent },
  "/api/log_events": { POST: logEvents },
  "/api/health": { GET: liveness, HEAD: liveness, POST: health },
};

/** The agent path a URL path names, or undefined when it is not one. */
export function agentPathOf(pathname: string): string | undefined {
  return Object.hasOwn(ROUTES, pathname) ? pathname : undefined;
}

/** Answers an agent's request; never throws. One function behind both mounts, so that they cannot differ. */
export async function dispatchAgentRequest(path: string, request: AgentRequest): Promise<AgentResponse> {
  const methods = ROUTES[path] ?? {};
  const handler = methods[request.method];
  if (!handler) return errorResponse(405, "Method not allowed", { Allow: Object.keys(methods).join(", ") });
  try {
    return await handler(request);
  } catch (error) {
    return failureResponse(error, path, request);
  }
}

function failureResponse(error: unknown, path: string, request: AgentRequest): AgentResponse {
  if (error instanceof BodyTooLarge) return errorResponse(413, "The request body is too large");
  if (isAppError(error)) {
    if (error.code === "invalid") return invalidResponse(error.message, error.fields);
    const headers = error.retryAfterSeconds ? { "Retry-After": String(error.retryAfterSeconds) } : undefined;
    return errorResponse(error.status, error.message, headers);
  }
  if (isDatabaseOutage(error)) {
    return errorResponse(503, "The database cannot be reached. Try again later", { "Retry-After": "5" });
  }
  const { requestId, address } = request;
  reportError({ source: "agent-api", error, pathname: path, requestId, address });
  return jsonResponse(500, { message: "Internal error", status: "error", request_id: requestId });
}
