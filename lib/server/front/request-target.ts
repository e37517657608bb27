import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refuse";

const NO_ADDRESS: Refusal = { status: 400, message: "The request names no address of this server" };

/** What an agent sends whose `server_url` ends with a slash, and which follows no redirect. */
const DOUBLED = /^\/{2,}(?=api\/)/;

/**
 * Brings the request's target to the form that everything behind expects, a path with its query, and tells why it
 * cannot be: Next knows nothing of the other forms of HTTP, `OPTIONS *` and whole addresses. Further slashes in front of
 * `/api/` are left out.
 */
export function settleTarget(req: IncomingMessage): Refusal | null {
  const target = req.url ?? "/";
  if (target.startsWith("/")) {
    if (target.startsWith("//")) req.url = target.replace(DOUBLED, "/");
    return null;
  }
  if (target === "*" && req.method === "OPTIONS") {
    return { status: 200, message: "The server is up", headers: { Allow: "GET, HEAD, POST, OPTIONS" } };
  }
  const path = /^https?:\/\/[^/?#]+(?=\/|$)(.*)$/i.exec(target)?.[1];
  if (path === undefined) return NO_ADDRESS;
  req.url = path === "" ? "/" : path.replace(DOUBLED, "/");
  return null;
}
