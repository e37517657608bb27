/** What an API key may do: send events, read them through the read API, or deal with alerts there. */
export const API_SCOPES = ["ingest", "read", "manage"] as const;
export type ApiScope = (typeof API_SCOPES)[number];
