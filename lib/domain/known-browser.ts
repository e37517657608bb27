const DAY_MILLISECONDS = 24 * 3_600_000;
/** A browser is forgotten so long after the last sign-in. */
export const KNOWN_BROWSER_DAYS = 180;
const MAX_USERS = 10;

/** A browser in which people have signed in before, as its own cookie says. */
export interface KnownBrowser {
  /** Random; tells one browser from another and nothing else. */
  id: string;
  /** The users who have signed in there, the last one first. */
  signIns: readonly { userId: number; at: number }[];
}

/** Whether the user has signed in with this browser within 180 days. `now` is in epoch milliseconds. */
export function isBrowserOf(browser: KnownBrowser | null, userId: number, now: number): boolean {
  const last = browser?.signIns.find((signIn) => signIn.userId === userId);
  return last !== undefined && last.at > now - KNOWN_BROWSER_DAYS * DAY_MILLISECONDS;
}

/** The browser after a sign-in of the user at `now`. It keeps the ten users who signed in last. */
export function withSignIn(browser: KnownBrowser, userId: number, now: number): KnownBrowser {
  const others = browser.signIns.filter((signIn) => signIn.userId !== userId);
  return { id: browser.id, signIns: [{ userId, at: now }, ...others].slice(0, MAX_USERS) };
}
