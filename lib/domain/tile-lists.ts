import { ALL_COMPANIES } from "./nav-model";
import { DEFAULT_REPORT_PRESET } from "./reports/report-range";

/** The lists that the dashboard's tiles lead to, below the company: as many rows as the tile says. */
export const TILE_LISTS = {
  signedIn: "accounts?presence=present",
  accountsToday: "accounts?range=today&used=yes",
  computersToday: "computers?range=today&used=yes",
} as const;

/**
 * The range of an overview's address for the lists that its figures lead to: with its zone, as the company's own may be
 * another, and with the name of the default, which not every list has.
 */
export function overviewRange(query: string, zone: string): string {
  const asked = new URLSearchParams(query);
  const kept = [...asked].filter(([name]) => name === "range" || name === "from" || name === "to");
  const range = kept.length > 0 ? kept : [["range", DEFAULT_REPORT_PRESET]];
  return new URLSearchParams([...range, ["tz", zone]]).toString();
}

/** The active accounts of a company's row in the overview, below the company; `range` as {@link overviewRange} gives it. */
export function activeAccountsList(range: string): string {
  return `accounts?used=yes&${range}`;
}

/** The time spent of a company's row, likewise. */
export function timeSpentList(range: string): string {
  return `time-spent?${range}`;
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
