import { seal, unseal } from "@/lib/secret-box";

const PASS_MILLISECONDS = 60_000;

/** Names the session that next-auth may put into a cookie: sealed, good for a minute, never leaves the server. */
export function sessionPass(userId: number, sessionId: string, now = Date.now()): string {
  const pass = { userId, sessionId, expiresAt: now + PASS_MILLISECONDS };
  return seal(JSON.stringify(pass), "sign-in").toString("base64url");
}

/** What a pass names; null when it is none of ours or over. */
export function readSessionPass(
  pass: unknown,
  now = Date.now(),
): { userId: number; sessionId: string } | null {
  if (typeof pass !== "string" || pass === "") return null;
  try {
    const read: unknown = JSON.parse(unseal(Buffer.from(pass, "base64url"), "sign-in"));
    if (typeof read !== "object" || read === null) return null;
    const { userId, sessionId, expiresAt } = read as Record<string, unknown>;
    const isGood =
      typeof userId === "number" && typeof sessionId === "string" && typeof expiresAt === "number";
    return isGood && expiresAt > now ? { userId, sessionId } : null;
  } catch {
    return null;
  }
}
