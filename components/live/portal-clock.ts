/**
 * The time by the servers' clock, epoch milliseconds, as far as pages tell it: when the newest page was read, and what has
 * passed here since. A computer's own clock may be wrong by hours.
 */
export function makePortalClock(): (readAt: number) => number {
  let newest: { readAt: number; wall: number; steady: number } | undefined;
  return (readAt) => {
    // Going back shows a page that was read before others.
    if (!newest || readAt > newest.readAt) {
      newest = { readAt, wall: Date.now(), steady: performance.now() };
    }
    // The steady clock may stand still while the computer sleeps, the other may be set back.
    return newest.readAt + Math.max(performance.now() - newest.steady, Date.now() - newest.wall);
  };
}

/** Of all pages that are opened in the tab. */
export const portalNow = makePortalClock();
