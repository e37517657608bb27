import { searchKeys } from "@/db/queries/companies/search-keys";
import { narrowScopeTo, readWithin, type CompanyScope } from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { cleanSearch } from "@/lib/domain/events/filters";
import { can } from "@/lib/domain/permissions";

export interface NamedKey {
  companyId: number;
  id: number;
  /** Its description, or its number. */
  name: string;
  siteName: string;
  isActive: boolean;
}

const MOST = 6;
/** `disable key gate` looks for `gate`; the words before it are what the palette writes itself. */
const VERB = /^(?:disable|enable|rotate|show)?\s*(?:api\s*)?keys?\b\s*/i;

/** A few keys whose description or site contains the words, of the companies whose keys the actor manages. */
export async function findNamedKeys(
  { scope, actor }: { scope: CompanyScope; actor: Actor },
  words: string,
): Promise<NamedKey[]> {
  const text = cleanSearch(words);
  const isAboutKeys = VERB.test(text);
  const rest = text.replace(VERB, "").replace(/^(?:disable|enable)\s+/i, "");
  if (!isAboutKeys && rest.length < 2) return [];
  const managed = scope.companyIds.filter((companyId) => can(actor, "site:manage", { companyId }));
  if (managed.length === 0) return [];
  const own = narrowScopeTo(scope, managed);
  return readWithin(own, (tx) => searchKeys(tx, own, rest, MOST));
}
