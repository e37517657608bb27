import { searchNames } from "@/db/queries/events/match-names";
import { readWithin, type CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";

export interface FoundAccountOrComputer {
  type: "account" | "computer";
  companyId: number;
  id: number;
  name: string;
  /** Epoch milliseconds. */
  lastSeenAt: number;
}

const MOST_OF_A_TYPE = 6;
const SHORTEST_TEXT = 2;

/**
 * A few of the scope's accounts, then computers, whose name contains the text in any case: those that begin with it
 * first, then the last seen. Nothing for fewer than two characters.
 */
export async function findNames(scope: CompanyScope, text: string): Promise<FoundAccountOrComputer[]> {
  const key = nameKey(cleanSearch(text));
  if (key.length < SHORTEST_TEXT) return [];
  return readWithin(scope, async (tx) => {
    const [accounts, computers] = await Promise.all([
      searchNames(tx, scope, "accounts", key, MOST_OF_A_TYPE),
      searchNames(tx, scope, "computers", key, MOST_OF_A_TYPE),
    ]);
    return [
      ...accounts.map((found) => ({ type: "account" as const, ...found })),
      ...computers.map((found) => ({ type: "computer" as const, ...found })),
    ];
  });
}
