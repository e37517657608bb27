import { searchKeys } from "@/db/queries/companies/search-keys";
import { narrowScopeTo, readWithin, type CompanyScope } from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { can } from "@/lib/domain/permissions";

export interface NamedKey {
  companyId: number;
  id: number;
  description: string | null;
  siteName: string;
  isActive: boolean;
}

const MOST = 6;
/** `disable key gate` looks for `gate`; the words before it are what the palette writes itself, in English as well. */
const VERBS = ["disable", "enable", "rotate", "show", "api", "key", "keys"];

/**
 * A few keys whose description or site contains the words, of the companies whose keys the actor manages. `verbs` are the
 * words with which the palette names what is done to a key in the reader's language.
 */
export async function findNamedKeys(
  { scope, actor }: { scope: CompanyScope; actor: Actor },
  words: string,
  verbs: readonly string[] = [],
): Promise<NamedKey[]> {
  const own = new Set([...VERBS, ...verbs].map(nameKey));
  const typed = cleanSearch(words).split(/\s+/);
  const rest = typed.filter((word) => !own.has(nameKey(word)));
  const text = rest.join(" ");
  if (rest.length === typed.length && text.length < 2) return [];
  const managed = scope.companyIds.filter((companyId) => can(actor, "site:manage", { companyId }));
  if (managed.length === 0) return [];
  const managedScope = narrowScopeTo(scope, managed);
  return readWithin(managedScope, (tx) => searchKeys(tx, managedScope, text, MOST));
}
