/** What happened longer ago is history, as an import brings it, and no news. */
export const NEWS_MS = 24 * 60 * 60_000;
