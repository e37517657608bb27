/** The lists that the dashboard's tiles lead to, below the company: as many rows as the tile says. */
export const TILE_LISTS = {
  signedIn: "accounts?presence=present",
  accountsToday: "accounts?range=today&used=yes",
  computersToday: "computers?range=today&used=yes",
} as const;
