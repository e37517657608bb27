import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, connect, database, type RawSql } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { RawParams } from "@/lib/domain/events/filters";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { computersQuery } from "@/lib/domain/reports/computers";
import { failuresQuery } from "@/lib/domain/reports/failures";
import { logonsQuery } from "@/lib/domain/reports/logons";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { addLocalDays, ianaZone, localDateOf } from "@/lib/domain/zones";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { findNames } from "@/lib/services/events/find-names";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { readAccount } from "@/lib/services/fleet/read-account";
import { readAccountsScreen } from "@/lib/services/fleet/read-accounts-screen";
import { readComputer } from "@/lib/services/fleet/read-computer";
import { readComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { readFailuresScreen } from "@/lib/services/reports/failures-screen";
import { readLogonsScreen } from "@/lib/services/reports/logons-screen";
import { storeTime } from "@/lib/services/reports/store-time";
import { readTimeSpentDay } from "@/lib/services/reports/time-spent-day";
import { readTimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { TABLES } from "@/lib/services/tables/registry";
import { readerOf } from "@/lib/texts";
import { neededOf } from "../support/ask-table";
import { longTime } from "../support/long-time";
import { provideOwnDatabase } from "../support/own-database";
import { contextOf, makeUser, type Person } from "../support/people";
import { idOf, makeCompany, scopeOver, storeEvents, type TestCompany } from "../support/stored-events";

provideOwnDatabase();

const ZONE = ianaZone("Europe/Paris");
const now = Date.now();
const range = { from: now - 30 * 86_400_000, to: now };
const view = { range, zone: ZONE, now };

let own: TestCompany;
let other: TestCompany;
let boss: Person;
let control: RawSql;

beforeAll(async () => {
  const url = process.env.DATABASE_URL!;
  control = connect(url, { max: 1 });
  // Holds for connections that are opened afterwards, and so for all but this one.
  await control`alter database ${control(new URL(url).pathname.slice(1))} set citus.enable_stat_counters = on`;
  await database().transaction(ensureSettings);
  own = await makeCompany("One shard", 2);
  other = await makeCompany("Another shard");
  for (const company of [own, other]) await storeEvents(company, longTime(7));
  boss = await makeUser("GlobalAdmin");
  await storeTime(new AbortController().signal, now, false);
});
afterAll(async () => {
  await control.end();
  await closeDatabase();
});

/** How many statements went to one shard and to several while the work ran. */
async function shardsAsked(work: () => Promise<unknown>): Promise<{ one: number; several: number }> {
  const read = async () => {
    const [row] = await control<{ one: number; several: number }[]>`
      select query_execution_single_shard::int as one, query_execution_multi_shard::int as several
      from citus_stat_counters where name = current_database()`;
    return row!;
  };
  const before = await read();
  await work();
  const after = await read();
  return { one: after.one - before.one, several: after.several - before.several };
}

/** Reads a table in every way there is, and tells how many rows it has. */
async function readTable(name: string, scope: CompanyScope): Promise<number> {
  const { actor } = await contextOf(boss);
  const source = TABLES.find((each) => each.name === name)!;
  const table = source.open({
    scope,
    params: new URLSearchParams(await neededOf(source, own)),
    viewZone: ZONE,
    actor,
    companyNames: null,
    now,
    signal: new AbortController().signal,
  });
  await table.filterWords();
  let rows = 0;
  for await (const batch of table.batches()) rows += batch.length;
  await table.page?.();
  const lines = table.lines?.(table.columns, readerOf("en", ZONE));
  for await (const text of lines ?? []) expect(text).not.toBe("");
  return rows;
}

const account = async () => Number(await idOf("accounts", own, "anna"));
const computer = async () => Number(await idOf("computers", own, "PC-1"));
const events = async (params: RawParams) => {
  const screen = await readEventsScreen(own.scope, params, ZONE, now);
  expect(screen).toMatchObject({ ignored: [], problem: null });
  await screen.count;
};

/** What a person of one company looks at; the read API's tables come besides. */
const SCREENS: Readonly<Record<string, () => Promise<unknown>>> = {
  dashboard: () => readDashboard(own.scope, ZONE, "7d", now),
  "list of events": () => events({ range: "30d" }),
  "list of an account's failures": async () =>
    events({ range: "30d", account: String(await account()), kind: "logon_failed" }),
  "list of events by account": () => events({ range: "30d", sort: "account" }),
  "list of events by computer": () => events({ range: "30d", sort: "-computer" }),
  "search of events": () => events({ range: "30d", q: "ann" }),
  "search of names": () => findNames(own.scope, "ann"),
  accounts: () => readAccountsScreen(own.scope, { query: accountsQuery.parse({}), ...view }, ""),
  account: async () => readAccount(own.scope, await account(), ZONE, now),
  computers: () => readComputersScreen(own.scope, { query: computersQuery.parse({}), ...view }, ""),
  computer: async () => readComputer(own.scope, await computer(), ZONE, now),
  logons: () => readLogonsScreen(own.scope, { query: logonsQuery.parse({}), ...view }, ""),
  failures: () => readFailuresScreen(own.scope, { query: failuresQuery.parse({}), ...view }, ""),
  "time spent": () => readTimeSpentScreen(own.scope, { query: timeSpentQuery.parse({}), ...view }, ""),
  "time spent of a day": async () => {
    const date = addLocalDays(localDateOf(now, ZONE), -5);
    return readTimeSpentDay(own.scope, { accountId: await account(), date, params: {} }, ZONE, now);
  },
};

/** These read nothing but tables of the coordinator. */
const OF_COORDINATOR = ["notifications", "deliveries", "alerts", "rules", "members"];

describe("of one company, one shard is asked for", () => {
  it.each(Object.keys(SCREENS))("the screen: %s", async (name) => {
    const asked = await shardsAsked(SCREENS[name]!);
    expect(asked).toEqual({ one: expect.any(Number), several: 0 });
    expect(asked.one).toBeGreaterThan(0);
  });

  it.each(TABLES.map(({ name }) => name))("the table of the read API: %s", async (name) => {
    const asked = await shardsAsked(() => readTable(name, own.scope));
    expect(asked.several).toBe(0);
    expect(asked.one).toBeGreaterThanOrEqual(OF_COORDINATOR.includes(name) ? 0 : 1);
  });
});

describe("several companies are read together", () => {
  it("by the dashboard", async () => {
    const [one, both] = [own.scope, scopeOver([own, other])].map((scope) =>
      readDashboard(scope, ZONE, "7d", now),
    );
    expect((await both!).siteCount).toBe((await one!).siteCount + 1);
  });

  it.each(TABLES.map(({ name }) => name))("by the table of the read API: %s", async (name) => {
    const rows = await readTable(name, own.scope);
    expect(await readTable(name, scopeOver([own, other]))).toBeGreaterThanOrEqual(rows);
  });
});

it("counts what goes to several shards", async () => {
  const without = () =>
    readWithin(own.scope, (tx) => tx.execute("select count(*) from events where kind = 1"));
  expect(await shardsAsked(without)).toEqual({ one: 0, several: 1 });
});
