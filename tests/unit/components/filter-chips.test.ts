import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { z } from "zod";
import { eventsQuery } from "@/lib/domain/events/events-query";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { alertsQuery } from "@/lib/domain/reports/alerts-query";
import { computersQuery } from "@/lib/domain/reports/computers";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { failuresQuery } from "@/lib/domain/reports/failures";
import { inactiveQuery } from "@/lib/domain/reports/inactive";
import { logonsQuery } from "@/lib/domain/reports/logons";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import type { SavableTable } from "@/lib/domain/reports/saved-view";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";

/** Each list whose address holds it to something, with what draws it; null where the page's heading says what was asked. */
const LISTS: Readonly<Record<SavableTable, readonly [schema: z.ZodObject, view: string] | null>> = {
  events: [eventsQuery, "events-screen/filter-chips.ts"],
  accounts: [accountsQuery, "accounts/accounts-view.tsx"],
  computers: [computersQuery, "computers/computers-view.tsx"],
  "time-spent": [timeSpentQuery, "time-spent/time-spent-view.tsx"],
  logons: [logonsQuery, "logons/logons-view.tsx"],
  inactive: [inactiveQuery, "logons/inactive-view.tsx"],
  failures: [failuresQuery, "failures/failures-view.tsx"],
  "who-was-on": null,
  "roll-call": [rollCallQuery, "who-was-on/roll-call-view.tsx"],
  "concurrent-sessions": [concurrentSessionsQuery, "who-was-on/concurrent-view.tsx"],
  alerts: [alertsQuery, "alerts/alerts-view.tsx"],
  companies: null,
};

/** How rows are ordered and put together, which the toolbar shows; the days of reports stand in their field. */
const ARRANGEMENT = ["tz", "sort", "group_by", "split", "per", "type", "days", "at"];
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

it.each(Object.entries(LISTS).flatMap(([table, list]) => (list ? [[table, ...list] as const] : [])))(
  "shows whatever the address holds the list to: %s",
  (table, schema, view) => {
    const source = readFileSync(`components/${view}`, "utf8");
    const chips = chipsIn(source);
    const hasDaysField = table === "events" || /<(ReportToolbar|\w+Toolbar)\b/.test(source);
    const shown = (name: string) => chips.has(name) || (hasDaysField && DAYS.includes(name));
    const filters = Object.keys(schema.shape).filter((name) => !ARRANGEMENT.includes(name));
    expect(filters.filter((name) => !shown(name))).toEqual([]);
  },
);
