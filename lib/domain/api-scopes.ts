/** What an API key may do: send events, or read them through the read API. */
export const API_SCOPES = ["ingest", "read"] as const;
export type ApiScope = (typeof API_SCOPES)[number];
