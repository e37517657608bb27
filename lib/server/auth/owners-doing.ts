/** Set by server.ts on what Next's router reads, as Next hides the header that tells it. */
export const ROUTER_READ_HEADER = "x-winauthmon-router-read";

const BACKGROUND_PATHS = new Set([
  "/api/events/stream",
  "/api/exports/place",
  "/api/notifications/unread",
  "/api/auth/session",
]);

interface GivenHeaders {
  get(name: string): string | null;
}

/**
 * Whether the user caused the request, rather than an open page by itself: a stream, a look at a queue, or a reading
 * of fresh rows. What a page reads counts only while its owner is active; documents, forms and files always do.
 */
export function isOwnersDoing(headers: GivenHeaders, isOwnerActive: boolean): boolean {
  const path = (headers.get("x-path") ?? "").split("?")[0]!;
  if (BACKGROUND_PATHS.has(path)) return false;
  // A server action is sent because the user pressed something.
  if (headers.get("accept")?.includes("text/x-component")) return true;
  const isReadByPage = headers.get(ROUTER_READ_HEADER) !== null || headers.get("sec-fetch-dest") === "empty";
  return !isReadByPage || isOwnerActive;
}
