import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import { TABLES } from "@/lib/services/tables/registry";
import type { TableSource } from "@/lib/services/tables/table-source";
import { openTable, rowsOf } from "../../support/ask-table";
import { followStoredOf } from "../../support/detecting";
import { tellSilent } from "../../support/notifying";
import { makeUser } from "../../support/people";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.now();
const FILTERS = ["site", "account", "computer", "q"] as const;
type Filter = (typeof FILTERS)[number];

let company: TestCompany;
/** Values that find something, and others of the same company that find nothing in any table. */
let busy: Record<Filter, string>;
let quiet: Record<Filter, string>;

/** Whose kinds no table counts, but who is known. */
const QUIET = { type: "Wake", user: "quiet", computer: "QUIET", site: 1 };

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Filtered", 2);
  await storeEvents(company, [
    { type: "Logon", user: "gone", computer: "PC-GONE", at: NOW - 200 * DAY },
    { type: "Logon", user: "anna", computer: "PC-1", at: NOW - 30 * MINUTE },
    { type: "Logon", user: "anna", computer: "PC-2", at: NOW - 25 * MINUTE },
    ...Array.from({ length: 20 }, (_, place) => {
      return { type: "4625", user: "anna", computer: "PC-1", at: NOW - 20 * MINUTE + place * 1_000 };
    }),
    { type: "Unlock", user: "anna", computer: "PC-1", at: NOW - MINUTE },
    { ...QUIET, at: NOW - MINUTE },
  ]);
  await followStoredOf(company);
  await tellSilent(company, 1);
  await makeUser("User", [{ companyId: company.companyId, role: "User" }]);
  const idOf = async (table: string, name: string) => {
    const [row] = await database().execute<{ id: number }>(
      `select id from ${table} where company_id = ${company.companyId} and name = '${name}'`,
    );
    return String(row!.id);
  };
  const named = async (site: number, account: string, computer: string) => ({
    site: String(company.siteIds[site]),
    account: await idOf("accounts", account),
    computer: await idOf("computers", computer),
  });
  busy = { ...(await named(0, "anna", "PC-1")), q: "PC-1" };
  quiet = { ...(await named(1, "quiet", "QUIET")), q: "no such name" };
});

/** Of the tables of failures, besides. */
const FAILURE_FILTERS = { address: "203.0.113.9", reason: "c0000000" } as const;
const ofFailures = TABLES.filter(({ query }) => "address" in query.shape).flatMap((table) =>
  Object.entries(FAILURE_FILTERS).map(([filter, value]) => [table.name, filter, () => value, table] as const),
);

const has = ({ query }: TableSource, filter: Filter) => filter in query.shape;
const pairs = TABLES.flatMap((table) => FILTERS.map((filter) => [table.name, filter, table] as const));

/** What the table is asked without the filter. */
function restOf({ name, needs }: TableSource, filter: string): Record<string, string> {
  const subject = needs?.find((need) => need !== filter);
  if (subject) return { [subject]: busy[subject] };
  return name === "inactive" ? { days: "90", type: filter === "computer" ? "computer" : "account" } : {};
}

/** The table's rows without the filter, and with it, and how many more words the heading has then. */
async function bothOf(table: TableSource, rest: Record<string, string>, filter: Record<string, string>) {
  const held = { ...rest, ...filter };
  const wordsOf = (params: Record<string, string>) => openTable(table, company, params).filterWords();
  return {
    all: await rowsOf(table, company, rest),
    held: await rowsOf(table, company, held),
    moreWords: (await wordsOf(held)).length - (await wordsOf(rest)).length,
  };
}

describe("a filter that a table has changes its rows, and stands in the heading of its files:", () => {
  const shared = pairs
    .filter(([, filter, table]) => has(table, filter))
    .map(([name, filter, table]) => [name, filter, () => quiet[filter], table] as const);

  it.each([...shared, ...ofFailures])("%s by %s", async (_, filter, value, table) => {
    const found = await bothOf(table, restOf(table, filter), { [filter]: value() });
    expect(found.all.length).toBeGreaterThan(0);
    expect(found.held).not.toEqual(found.all);
    expect(found.moreWords).toBe(1);
  });
});

/** Which only the tables lack that are of no time at all. */
const RANGE = { range: "7d", from: "2026-01-05", to: "2026-01-05" } as const;
const lacking = TABLES.flatMap((table) => [
  ...FILTERS.map((filter) => [table.name, filter, () => quiet[filter], table] as const),
  ...Object.entries(RANGE).map(([filter, value]) => [table.name, filter, () => value, table] as const),
]).filter(([, filter, , table]) => !(filter in table.query.shape));

describe("a filter that a table lacks is refused by the API, and left out by screens, which say so:", () => {
  it.each(lacking)("%s by %s", (_, filter, value, table) => {
    const params = { [filter]: value() };
    expect(() => openTable(table, company, params)).toThrow(`${filter}: isn't a filter of this table`);
    expect(readScreenQuery(table.query, params).ignored).toEqual([filter]);
  });
});

it("a range is a filter that notifications, deliveries and rules lack", () => {
  const ofNoTime = lacking.filter(([, filter]) => filter === "range").map(([name]) => name);
  expect(ofNoTime).toEqual(["notifications", "deliveries", "rules"]);
});

it("a parameter that no table has is passed over", async () => {
  const report = TABLES.find(({ name }) => name === "companies")!;
  expect(await rowsOf(report, company, { colour: "blue" })).toHaveLength(1);
});
