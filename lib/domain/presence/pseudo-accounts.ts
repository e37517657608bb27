/**
 * Two pseudo-accounts, 0 and -1, hold presence events of the whole computer; real ids are positive.
 */
export const SLEEP_ACCOUNT = 0;
/** Shutdown and startup. */
export const POWER_ACCOUNT = -1;
