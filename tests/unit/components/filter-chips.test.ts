import { expect, it } from "vitest";
import { TABLES } from "@/lib/services/tables/registry";
import { sourceFiles } from "../../support/source-files";

/** Tables whose page says in its heading what was asked, or whose only filter is the field for searching. */
const WITHOUT_CHIPS = ["who-was-on", "companies"];
/** Where chips are not made by the view itself. */
const MAKERS: Readonly<Record<string, string>> = { events: "components/events-screen/filter-chips.ts" };

const components = sourceFiles(["components"]);

/** Each table whose address holds its screen to something, with what draws the screen. */
const LISTS = TABLES.filter(({ name, screen }) => screen && !WITHOUT_CHIPS.includes(name)).map((table) => {
  const views = [...components].filter(([, source]) => source.includes(`report="${table.name}"`));
  return { name: table.name, query: table.query, views: views.map(([file]) => file) };
});

it("finds the one view of each table", () => {
  expect(LISTS.length).toBeGreaterThan(9);
  expect(LISTS.filter(({ views }) => views.length !== 1)).toEqual([]);
});

/** How rows are ordered and put together, which the toolbar shows; the days of reports stand in their field. */
const ARRANGEMENT = ["tz", "sort", "group_by", "split", "per", "type", "days", "at", "limit", "after"];
const DAYS = ["range", "from", "to"];

/** What the helpers make chips of. */
const CHIPS: Readonly<Record<string, readonly string[]>> = {
  namedChips: ["q", "only", "site", "account", "computer"],
  subjectChips: ["account", "computer"],
  filterChipsOf: ["q", "from", "to"],
  siteFilterOf: ["site"],
  seenFilterOf: ["range"],
  usedFilterOf: ["used"],
};
/** Filters of events by their names in the address. */
const EVENT_CHIPS: Readonly<Record<string, string>> = {
  "kind-${kind}": "kind",
  "site-${id}": "site",
  search: "q",
};

function chipsIn(source: string): Set<string> {
  const made = Object.entries(CHIPS).flatMap(([helper, names]) =>
    source.includes(`${helper}(`) ? names : [],
  );
  const named = [...source.matchAll(/\b(?:id|name): ["`]([^"`]+)["`]/g)].map(([, name]) => name!);
  return new Set([...made, ...named.map((name) => EVENT_CHIPS[name] ?? name)]);
}

it.each(LISTS)("shows whatever the address holds the list to: $name", ({ name, query, views }) => {
  const source = components.get(MAKERS[name] ?? views[0]!)!;
  const chips = chipsIn(source);
  const hasDaysField = name === "events" || /<(ReportToolbar|\w+Toolbar)\b/.test(source);
  const shown = (filter: string) => chips.has(filter) || (hasDaysField && DAYS.includes(filter));
  const filters = Object.keys(query.shape).filter((filter) => !ARRANGEMENT.includes(filter));
  expect(filters.filter((filter) => !shown(filter))).toEqual([]);
});
