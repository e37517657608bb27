import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { writeWithin } from "@/db/scope";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { computersQuery } from "@/lib/domain/reports/computers";
import { pageAccounts } from "@/lib/services/reports/accounts";
import { readAllRows, type MovingPageAsk } from "@/lib/services/reports/all-rows";
import { pageComputers } from "@/lib/services/reports/computers";
import type { RowPage } from "@/lib/services/reports/row-page";
import { accountsList, computersList } from "@/lib/services/tables/lists";
import { rowsOf } from "../../support/ask-table";
import { NOW, UTC } from "../../support/naive-events";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const inSnapshot = vi.hoisted(() => [] as boolean[]);
const noted = vi.hoisted(
  () =>
    <Asked extends [unknown, unknown, { snapshot?: unknown }], Page>(read: (...asked: Asked) => Page) =>
    (...asked: Asked): Page => {
      inSnapshot.push(asked[2].snapshot !== undefined);
      return read(...asked);
    },
);
vi.mock("@/lib/services/reports/accounts", async (original) => {
  const real = await original<typeof import("@/lib/services/reports/accounts")>();
  return { ...real, pageAccounts: noted(real.pageAccounts) };
});
vi.mock("@/lib/services/reports/computers", async (original) => {
  const real = await original<typeof import("@/lib/services/reports/computers")>();
  return { ...real, pageComputers: noted(real.pageComputers) };
});

const MINUTE = 60_000;
const NUMBERS = [1, 2, 3, 4, 5, 6];
const signal = new AbortController().signal;

let company: TestCompany;

beforeAll(() => database().transaction(ensureSettings));
beforeEach(async () => {
  company = await makeCompany("Moving");
  // The higher the number, the longer ago.
  const events = NUMBERS.map((number) => ({
    type: "Logon",
    user: `name-${number}`,
    computer: `name-${number}`,
    at: NOW - 10 * number * MINUTE,
  }));
  await storeEvents(company, events);
});
afterAll(closeDatabase);

type Named = { name: string };
type Table = "accounts" | "computers";
type ReadPage = (ask: MovingPageAsk) => Promise<RowPage<Named>>;

const range = { from: NOW - 60 * MINUTE, to: NOW };
const readers: Record<Table, (sort: string) => ReadPage> = {
  accounts: (sort) => (page) =>
    pageAccounts(company.scope, { query: accountsQuery.parse({ sort }), range, zone: UTC, now: NOW }, page),
  computers: (sort) => (page) =>
    pageComputers(company.scope, { query: computersQuery.parse({ sort }), range, zone: UTC, now: NOW }, page),
};

/** The same pages, before the second of which what has one of the names is seen anew. */
function movedBetween(table: Table, name: string, readPage: ReadPage): ReadPage {
  return async (page) => {
    if (page.after !== null) {
      await writeWithin(company.scope, (tx) =>
        tx.execute(sql`
          update ${sql.identifier(table)} set last_seen_at = ${new Date(NOW).toISOString()}
          where company_id = ${company.companyId} and name = ${name}`),
      );
    }
    return readPage(page);
  };
}

async function namesOf(pages: AsyncIterable<readonly Named[]>): Promise<string[]> {
  const names: string[] = [];
  for await (const rows of pages) names.push(...rows.map(({ name }) => name));
  return names;
}

const ALL = NUMBERS.map((number) => `name-${number}`);
const CASES: [Table, string, string, string[]][] = [
  ["accounts", "-lastSeen", "name-6", ALL],
  ["accounts", "lastSeen", "name-6", ALL.toReversed()],
  ["computers", "-lastSeen", "name-6", ALL],
  ["computers", "lastSeen", "name-6", ALL.toReversed()],
];

it.each(CASES)("are read as of one moment: %s by %s, %s moving", async (table, sort, moving, all) => {
  const readPage = movedBetween(table, moving, readers[table](sort));
  expect(await namesOf(readAllRows(company.scope, readPage, { limit: 2, signal }))).toEqual(all);
});

it.each(CASES)(
  "are told apart by that test: %s by %s, %s moving, page by page",
  async (table, sort, moving, all) => {
    const readPage = movedBetween(table, moving, readers[table](sort));
    const names: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page: RowPage<Named> = await readPage({ after: after ?? null, limit: 2 });
      names.push(...page.rows.map(({ name }) => name));
      after = page.next;
    }
    expect(names).not.toEqual(all);
  },
);

it("are read to their end where there are more rows than are held", async () => {
  const readPage = readers.accounts("-lastSeen");
  for (const most of [1, 2, 3, 6, 7]) {
    expect(await namesOf(readAllRows(company.scope, readPage, { limit: 2, signal, most }))).toEqual(ALL);
  }
});

it.each([100, 1])("end between two pages once nobody wants them, %s rows being held", async (most) => {
  const stop = new AbortController();
  let pages = 0;
  const readPage: ReadPage = async (page) => {
    const read = await readers.accounts("-lastSeen")(page);
    pages += 1;
    if (pages === 2) stop.abort();
    return read;
  };
  const names = namesOf(readAllRows(company.scope, readPage, { limit: 1, signal: stop.signal, most }));
  await expect(names).rejects.toMatchObject({ name: "AbortError" });
  expect(pages).toBe(2);
});

it.each([
  ["accounts", accountsList],
  ["computers", computersList],
] as const)("make the files of %s", async (_, list) => {
  inSnapshot.length = 0;
  const given = await rowsOf(list, company, { sort: "-lastSeen" });
  expect(inSnapshot).toEqual([true]);
  expect(given.map((row) => (row as string[]).find((cell) => ALL.includes(cell)))).toEqual(ALL);
});
