import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { CompanyScope } from "@/db/scope";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { computersQuery } from "@/lib/domain/reports/computers";
import type { ReportQuery } from "@/lib/domain/reports/report-query";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { companiesQuery } from "@/lib/domain/reports/companies";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { activeAccountsList, overviewRange, TILE_LISTS, timeSpentList } from "@/lib/domain/tile-lists";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { readAccountsScreen } from "@/lib/services/fleet/read-accounts-screen";
import { readComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { NOW, UTC } from "../../support/naive-events";
import { readScreenAsk } from "@/lib/server/report-screen";
import { readCompaniesOverview, readCompanyFigures } from "@/lib/services/reports/companies";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { makeCompany, scopeOver, storeEvents } from "../../support/stored-events";

const HOUR = 3_600_000;
let scope: CompanyScope;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  const [own, other] = [await makeCompany("Tiles"), await makeCompany("Other tiles")];
  const event = (type: string, user: string, computer: string, hoursAgo: number) => {
    return { type, user, computer, at: NOW - hoursAgo * HOUR };
  };
  await storeEvents(own, [
    event("Logon", "anna", "PC-1", 5),
    event("Logon", "anna", "PC-2", 4),
    event("Lock", "anna", "PC-2", 3),
    event("Logon", "anna", "PC-7", 2),
    event("Logon", "ben", "PC-3", 2),
    event("Lock", "ben", "PC-3", 1),
    // On since yesterday, and gone since yesterday.
    event("Logon", "dora", "PC-5", 14),
    event("Logon", "cleo", "PC-4", 20),
    event("Logoff", "cleo", "PC-4", 19),
    ...Array.from({ length: 5 }, (_, number) => event("4625", `guess.${number}`, "PC-6", 2)),
    event("Startup", "SYSTEM", "PC-9", 1),
  ]);
  await storeEvents(other, [event("Logon", "anna", "PC-1", 3)]);
  scope = scopeOver([own, other]);
});

afterAll(() => closeDatabase());

/** The page that a link of a tile leads to. */
function askOf<Query extends ReportQuery>(schema: z.ZodType<Query>, link: string) {
  const query = schema.parse(Object.fromEntries(new URLSearchParams(link.split("?")[1])));
  return { query, range: resolveReportRange(query, NOW, UTC)!, zone: UTC, now: NOW };
}
const accounts = (link: string) => readAccountsScreen(scope, askOf(accountsQuery, link), "");
const computers = (link: string) => readComputersScreen(scope, askOf(computersQuery, link), "");

test("each tile says how many rows the list has that it leads to", async () => {
  const tiles = await readDashboard(scope, UTC, "today", NOW);
  expect(tiles).toMatchObject({
    signedInCount: 4,
    activeNowCount: 3,
    presentCount: 6,
    activeAccounts: 3,
    activeComputers: 5,
  });
  expect((await accounts(TILE_LISTS.signedIn)).found).toBe(tiles.signedInCount);
  expect((await accounts("accounts?presence=active")).found).toBe(tiles.activeNowCount);
  expect((await accounts(TILE_LISTS.accountsToday)).found).toBe(tiles.activeAccounts);
  expect((await computers(TILE_LISTS.computersToday)).found).toBe(tiles.activeComputers);
  expect(tiles.present).toHaveLength(tiles.presentCount);
});

test("an account whose clock is ahead counts today if it did something today, on the tile as in the list", async () => {
  const own = await makeCompany("Ahead of time");
  const event = (type: string, user: string, hours: number) => ({
    type,
    user,
    computer: `PC of ${user}`,
    at: NOW + hours * HOUR,
    ahead: Math.max(0, hours * HOUR),
  });
  const TOMORROW = 13;
  await storeEvents(own, [
    event("Logon", "yesterday", -20),
    event("Logon", "yesterday", TOMORROW),
    event("Logon", "today", -20),
    event("Logon", "today", -3),
    event("Logon", "today", TOMORROW),
    event("Logon", "later", 2),
  ]);
  const tiles = await readDashboard(own.scope, UTC, "today", NOW);
  expect([tiles.activeAccounts, tiles.activeComputers]).toEqual([2, 2]);
  const list = await readAccountsScreen(own.scope, askOf(accountsQuery, TILE_LISTS.accountsToday), "");
  expect(list.rows.map(({ name }) => name).toSorted()).toEqual(["later", "today"]);
  const used = await readComputersScreen(own.scope, askOf(computersQuery, TILE_LISTS.computersToday), "");
  expect(used.rows.map(({ name }) => name).toSorted()).toEqual(["PC of later", "PC of today"]);
  const all = await readDashboard(scopeOver([own, await makeCompany("Beside")]), UTC, "today", NOW);
  expect([all.activeAccounts, all.activeComputers]).toEqual([2, 2]);
});

test.each(["", "range=7d", "range=yesterday"])(
  "the overview's active accounts in the range %j are the rows of the list that they lead to",
  async (address) => {
    const figures = await readCompanyFigures(scope, askOf(companiesQuery, `overview?${address}`));
    const counted = figures.map(({ activeAccounts }) => activeAccounts.current);
    expect(Math.max(...counted)).toBeGreaterThan(0);
    expect((await accounts(activeAccountsList(overviewRange(address, UTC)))).found).toBe(
      counted.reduce((sum, count) => sum + count),
    );
  },
);

test.each(["range=yesterday", "range=yesterday&tz=America/New_York", "from=2026-02-28&to=2026-02-28"])(
  "the overview of all companies leads to the same numbers of a company in another zone, for %j",
  async (address) => {
    const own = await makeCompany("Another zone");
    // As a page resolves its address in the zone of what is in view: the portal's, or the company's own.
    const read = <Query extends ReportQuery>(
      schema: z.ZodObject & z.ZodType<Query>,
      query: string,
      viewZone: string,
    ) => readScreenAsk(schema, Object.fromEntries(new URLSearchParams(query)), viewZone, NOW).ask;
    const overview = read(companiesQuery, address, "UTC");
    // The day ends for the overview, and in Kathmandu the next has begun already.
    const at = overview.range.to;
    const event = (type: string, hoursBefore: number) => ({
      type,
      user: "nima",
      computer: "PC-1",
      at: at - hoursBefore * HOUR,
    });
    await storeEvents(own, [event("Logon", 2), event("Logoff", 1)]);
    const [row] = await readCompaniesOverview(own.scope, overview);
    expect([row!.activeAccounts.current, row!.activeSeconds.current]).toEqual([1, 3600]);
    const range = overviewRange(address, overview.zone);
    const follow = <Query extends ReportQuery>(schema: z.ZodObject & z.ZodType<Query>, link: string) =>
      read(schema, link.split("?")[1]!, "Asia/Kathmandu");
    const list = await readAccountsScreen(own.scope, follow(accountsQuery, activeAccountsList(range)), "");
    expect(list.found).toBe(1);
    const spent = await readTimeSpent(own.scope, follow(timeSpentQuery, timeSpentList(range)));
    expect(spent.map(({ activeSeconds }) => activeSeconds)).toEqual([3600]);
  },
);

test("what was only named, and what only started, is in the lists of what was not used", async () => {
  const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);
  const guessed = Array.from({ length: 5 }, (_, number) => `guess.${number}`);
  const unused = await accounts("accounts?range=today&used=no");
  expect(names(unused.rows).filter((name) => name !== "SYSTEM")).toEqual(guessed);
  expect(names((await computers("computers?range=today&used=no")).rows)).toEqual(["PC-6", "PC-9"]);
  expect(names((await computers("computers?used=no")).rows)).toEqual(["PC-6", "PC-9"]);
  expect(names((await accounts("accounts?used=yes")).rows)).toEqual(["anna", "anna", "ben", "cleo", "dora"]);
});

test("somebody who was there before and after a range was not there in it", async () => {
  const own = await makeCompany("Ranges");
  const event = (user: string, computer: string, hoursAgo: number) => {
    return { type: "Logon", user, computer, at: NOW - hoursAgo * HOUR };
  };
  await storeEvents(own, [
    ...[100, 2].map((ago) => event("finn", "PC-1", ago)),
    ...[100, 50, 2].map((ago) => event("gina", "PC-2", ago)),
    event("hugo", "PC-3", 50),
  ]);
  // The server notes it some seconds after it stored events.
  for (const [table, column] of [
    ["accounts", "account_id"],
    ["computers", "computer_id"],
  ] as const) {
    await database().execute(`update ${table} t set last_seen_at = (
      select max(occurred_at) from events e where e.company_id = t.company_id and e.${column} = t.id
    ) where company_id = ${own.companyId}`);
  }
  const range = [72, 24].map((ago) => new Date(NOW - ago * HOUR).toISOString());
  const inRange = (used: string) => ({ from: range[0], to: range[1], used });
  for (const [used, users, names] of [
    ["yes", ["gina", "hugo"], ["PC-2", "PC-3"]],
    ["no", ["finn"], ["PC-1"]],
  ] as const) {
    const link = `?${new URLSearchParams(inRange(used) as Record<string, string>)}`;
    const accountRows = await readAccountsScreen(scopeOver([own]), askOf(accountsQuery, link), "");
    expect(accountRows.rows.map(({ name }) => name)).toEqual(users);
    const computerRows = await readComputersScreen(scopeOver([own]), askOf(computersQuery, link), "");
    expect(computerRows.rows.map(({ name }) => name)).toEqual(names);
  }
});
