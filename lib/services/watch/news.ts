/** Older events, for example imported ones, cause no notification. */
export const NEWS_MS = 24 * 60 * 60_000;
