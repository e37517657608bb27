import type { ListFilter } from "./list-filters";

/** Sites that agents report from; with several companies in view the company stands before the name. */
export function siteFilterOf(
  sites: readonly { id: number; name: string; companyId: number }[],
  companyNames: Readonly<Record<number, string>> | undefined,
): ListFilter {
  const choices = sites.map(({ id, name, companyId }) => ({
    value: String(id),
    label: companyNames ? `${companyNames[companyId] ?? ""}, ${name}` : name,
  }));
  return { name: "site", label: "Site", choices };
}
