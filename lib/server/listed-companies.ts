import { narrowToCompanies, type CompanyScope } from "@/lib/services/access/read-access";
import type { CompanyView } from "./guards";
import { idParam, type SearchParams } from "./search-params";

/** The names by id where several companies are in view. */
export function companyNamesOf({
  company,
  access,
}: CompanyView): Readonly<Record<number, string>> | undefined {
  if (company) return undefined;
  return Object.fromEntries(access.companies.map(({ id, name }) => [id, name]));
}

/** A list of several companies may be held to one of them by `only=`; what it is then about. */
export function heldToOne(
  { company, scope }: Pick<CompanyView, "company" | "scope">,
  params: SearchParams,
): { only: number | null; scope: CompanyScope } {
  const asked = company ? null : idParam(params, "only");
  if (asked === null || !scope.companyIds.includes(asked)) return { only: null, scope };
  return { only: asked, scope: narrowToCompanies(scope, [asked]) };
}

/** What the list of a page is about where `only=` may hold it, as its view and its exports are told. */
export function listedCompanies(view: CompanyView, params: SearchParams) {
  const { only, scope } = heldToOne(view, params);
  const companyChoices = companyNamesOf(view);
  return {
    only,
    scope,
    names: {
      companyRef: view.companyRef,
      heldRef: only === null ? view.companyRef : String(only),
      companyNames: only === null ? companyChoices : undefined,
      companyChoices,
    },
  };
}
