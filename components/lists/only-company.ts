import type { ListFilter } from "./list-filters";

/** Holds a list of all companies to one of them. */
export function onlyCompanyFilter(companies: readonly { id: number; name: string }[]): ListFilter {
  return {
    name: "only",
    label: "Company",
    choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
  };
}
