import type { z } from "zod";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { narrowToCompanies, type CompanyScope } from "@/lib/services/access/read-access";
import type { CompanyView } from "./guards";
import { readScreenAsk } from "./report-screen";
import { idParam, textParam, type SearchParams } from "./search-params";

/** The names by id where several companies are in view. */
export function companyNamesOf({
  company,
  access,
}: CompanyView): Readonly<Record<number, string>> | undefined {
  if (company) return undefined;
  return Object.fromEntries(access.companies.map(({ id, name }) => [id, name]));
}

/**
 * A list of several companies may be held to one of them by `only=`; what it is then about. `ignored` names `only` where
 * the list is not of the company that it asks for, so that readers don't take the rows for that company's.
 */
export function heldToOne(
  { company, scope }: Pick<CompanyView, "company" | "scope">,
  params: SearchParams,
): { only: number | null; scope: CompanyScope; ignored: string[] } {
  const asked = idParam(params, "only");
  if (!company && asked !== null && scope.companyIds.includes(asked)) {
    return { only: asked, scope: narrowToCompanies(scope, [asked]), ignored: [] };
  }
  const isMet = textParam(params, "only") === "" || (company !== null && company.id === asked);
  return { only: null, scope, ignored: isMet ? [] : ["only"] };
}

/** What the list of a page is about where `only=` may hold it, as its view and its exports are told. */
export function listedCompanies(view: CompanyView, params: SearchParams) {
  const { only, scope, ignored } = heldToOne(view, params);
  const companyChoices = companyNamesOf(view);
  return {
    only,
    scope,
    ignored,
    names: {
      companyRef: view.companyRef,
      heldRef: only === null ? view.companyRef : String(only),
      companyNames: only === null ? companyChoices : undefined,
      companyChoices,
    },
  };
}

/** What the address of such a list asks for, and of which companies; `now` in epoch milliseconds. Never throws. */
export function readListedAsk<Query extends ReportQuery>(
  schema: z.ZodObject & z.ZodType<Query>,
  params: SearchParams,
  view: CompanyView,
  now: number,
) {
  const { ask, ignored } = readScreenAsk(schema, params, view.timeZone, now);
  const listed = listedCompanies(view, params);
  return { ...listed, ask, ignored: [...ignored, ...listed.ignored] };
}
