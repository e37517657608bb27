/**
 * Presence keeps what befell a whole computer under accounts that nobody has: their numbers stand where an account's
 * id, which is above zero, stands otherwise.
 */
export const SLEEP_ACCOUNT = 0;
/** Shutdown and startup. */
export const POWER_ACCOUNT = -1;
