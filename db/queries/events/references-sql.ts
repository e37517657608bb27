import { sql, type SQL } from "drizzle-orm";
import { companySql, type Companies } from "../../scope-sql";
import { pgArray } from "../pg-array";
import type { Reference } from "./event-match";

/**
 * The references as a relation `s` with company_id, key and label, which is their place in the list.
 *
 * Those of several companies are unfolded from a list for each tenant: Citus can look for the first events of each row
 * on its nodes only if the rows come from a distributed table and not from a function.
 */
export function referencesSql(scope: Companies, references: readonly Reference[]): SQL {
  const places = [...references.keys()];
  if (scope.companyIds.length === 1) {
    return sql`unnest(${pgArray(references.map(({ companyId }) => companyId))}::int[],
      ${pgArray(references.map(({ id }) => id))}::int[], ${pgArray(places)}::int[]) as s (company_id, key, label)`;
  }
  const lists = new Map<number, number[]>();
  for (const [place, { companyId }] of references.entries()) {
    const list = lists.get(companyId);
    if (list) list.push(place);
    else lists.set(companyId, [place]);
  }
  const keys = [...lists.values()].map((list) => pgArray(list.map((place) => references[place]!.id)));
  return sql`(select t.company_id, unnest(l.keys::int[]) as key, unnest(l.labels::int[]) as label
    from tenants t join unnest(${pgArray([...lists.keys()])}::int[], ${pgArray(keys)}::text[],
      ${pgArray([...lists.values()].map(pgArray))}::text[]) as l (company_id, keys, labels)
      on l.company_id = t.company_id
    where ${companySql(scope, "t.company_id")}) as s`;
}
