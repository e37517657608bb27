import type { FieldError } from "@/lib/errors";
import type { AgentResponse } from "./types";

/** A JSON answer; agents' answers are never cached. */
export function jsonResponse(
  status: number,
  body: object,
  headers: Record<string, string> = {},
): AgentResponse {
  return {
    status,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

export function errorResponse(
  status: number,
  message: string,
  headers?: Record<string, string>,
): AgentResponse {
  return jsonResponse(status, { message, status: "error" }, headers);
}

export function invalidResponse(message: string, errors: readonly FieldError[] = []): AgentResponse {
  return jsonResponse(400, { message, status: "error", errors });
}
