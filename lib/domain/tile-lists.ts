import { ALL_COMPANIES } from "./nav-model";
import { DEFAULT_REPORT_PRESET } from "./reports/report-range";

/** The lists that the dashboard's tiles lead to, below the company: as many rows as the tile says. */
export const TILE_LISTS = {
  signedIn: "accounts?presence=present",
  accountsToday: "accounts?range=today&used=yes",
  computersToday: "computers?range=today&used=yes",
} as const;

/**
 * The active accounts of a company's row in the overview, below the company; `rangeQuery` is the range in the address of
 * the overview, "" for its default, which the list of accounts doesn't have.
 */
export function activeAccountsList(rangeQuery: string): string {
  return `accounts?used=yes&${rangeQuery || `range=${DEFAULT_REPORT_PRESET}`}`;
}

/**
 * Where the silent sites of the company or companies in view are, or those of one of several. The Sites page of one
 * company marks its silent ones. Who may not open the sites gets the computers that are silent.
 */
export function silentSitesHref(companyRef: string, maySeeSites: boolean, only?: number): string {
  if (!maySeeSites) return `/${only ?? companyRef}/computers?health=silent`;
  if (companyRef !== ALL_COMPANIES) return `/${companyRef}/sites`;
  return `/${companyRef}/sites?${only === undefined ? "" : `only=${only}&`}health=silent`;
}
