import { findNamed } from "@/db/queries/events/match-names";
import { readWithin, type CompanyScope } from "@/db/scope";

export interface NamedFilters {
  siteIds: readonly number[];
  accountId: number | null;
  computerId: number | null;
  search: string;
  address?: string | undefined;
  reason?: string | undefined;
}

/** Filters as words for a file's heading: "Site: London, Paris". Ids that are of nothing in the scope are shown as such. */
export async function nameFilters(scope: CompanyScope, filters: NamedFilters): Promise<string[]> {
  const { siteIds, accountId, computerId, search } = filters;
  const parts = [
    ["Site", "sites", siteIds],
    ["Account", "accounts", accountId === null ? [] : [accountId]],
    ["Computer", "computers", computerId === null ? [] : [computerId]],
  ] as const;
  const words = await readWithin(scope, (tx) =>
    Promise.all(
      parts.map(async ([label, table, ids]) => {
        if (ids.length === 0) return [];
        const found = await findNamed(tx, scope, table, ids);
        const names = ids.map((id) => found.find((row) => row.id === id)?.name ?? `no. ${id}`);
        return [`${label}: ${names.join(", ")}`];
      }),
    ),
  );
  const texts = [
    ["Search", search],
    ["From address", filters.address === "-" ? "not told" : filters.address],
    ["Reason", filters.reason],
  ] as const;
  return [...words.flat(), ...texts.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : []))];
}
