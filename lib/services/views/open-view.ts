import type { ViewQuestion } from "@/lib/domain/reports/saved-view";
import { filterParams } from "@/lib/domain/reports/table-address";
import { ianaZone } from "@/lib/domain/zones";
import type { CompanyContext } from "../context";
import { invalid } from "../tables/parse-params";
import { permittedScope } from "../tables/permitted-scope";
import { pickColumns } from "../tables/pick-columns";
import { findTable } from "../tables/registry";
import type { OpenedTable } from "../tables/table-source";

/**
 * The view's table, opened as the read API would open it; nothing of it is read yet.
 *
 * @throws AppError `invalid` naming what this version does not understand, AccessDenied `forbidden`.
 */
export function openView(
  { actor, scope }: Pick<CompanyContext, "actor" | "scope">,
  { table, query, columns }: ViewQuestion,
): OpenedTable {
  const source = findTable(table);
  if (!source) throw invalid([{ field: "table", message: "is not known" }]);
  const opened = source.open({
    scope: permittedScope(source, scope, actor),
    params: filterParams(query),
    viewZone: ianaZone("UTC"),
    actor,
    companyNames: null,
    now: Date.now(),
    signal: new AbortController().signal,
  });
  return columns.length === 0 ? opened : pickColumns(opened, columns.join(","), false);
}
