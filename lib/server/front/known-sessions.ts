import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { processState } from "@/lib/process-state";

const KEPT = 50_000;
/** Ended sessions are soon strangers again; live ones are known anew with each request that Next looks at. */
const KNOWN_MILLISECONDS = 10 * 60_000;
const SESSION_COOKIE = /(?:^|;\s*)((?:__Host-)?winauthmon\.session(?:\.\d+)?=[^;]+)/g;

const known = processState(
  "known-sessions",
  () => new LRUCache<string, true>({ max: KEPT, ttl: KNOWN_MILLISECONDS }),
);

/** Remembers that the cookies of a request were those of a live session. */
export function noteKnownSession(cookies: string | null | undefined): void {
  const name = nameOf(cookies);
  if (name) known.set(name, true);
}

/** Whether the cookies are those of a session that was live at most ten minutes ago. Never asks the database. */
export function isKnownSession(cookies: string | null | undefined): boolean {
  const name = nameOf(cookies);
  return name !== null && known.has(name);
}

function nameOf(cookies: string | null | undefined): string | null {
  const parts = [...(cookies ?? "").matchAll(SESSION_COOKIE)].map(([, part]) => part);
  return parts.length > 0 ? createHash("sha256").update(parts.join(";")).digest("base64url") : null;
}
