import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.UTC(2026, 2, 2);
const END = START + 7 * 24 * HOUR_MS;
const RANGE = { from: new Date(START).toISOString(), to: new Date(END).toISOString(), tz: "Etc/UTC" };
const USERS = ["anna", "Bo", "Čeněk"];
const COMPUTERS = ["PC-1", "pc-2"];
const TYPES = ["Logon", "Unlock", "4778", "Lock", "Logoff", "4625", "4740"];
const START_TYPES = ["Logon", "Unlock", "4778"];
const ADDRESSES = ["10.0.0.1", "10.0.0.2", "-"];

let api: Mount;
let company: TestCompany;
let other: TestCompany;
let key: string;

/** Every combination comes up, 40 minutes apart: too far for any burst; the last ones lie after the range. */
const SPREAD: SentEvent[] = Array.from({ length: 270 }, (_, place) => ({
  type: TYPES[place % 7]!,
  user: USERS[Math.floor(place / 7) % 3]!,
  computer: COMPUTERS[Math.floor(place / 5) % 2]!,
  at: START + place * 40 * MINUTE_MS,
  site: Math.floor(place / 11) % 2,
  fields: {
    LocalIP: "192.168.0.9",
    SourceIP: ADDRESSES[Math.floor(place / 3) % 3]!,
    SubStatus: Math.floor(place / 2) % 2 === 0 ? "0xC000006A" : "0xC0000064",
  },
}));

beforeAll(async () => {
  process.env.RATE_LIMIT_ENABLED = "false";
  await database().transaction(ensureSettings);
  [company, other, api] = await Promise.all([makeCompany("Own", 2), makeCompany("Other", 2), openReadApi()]);
  key = await makeKey(company);
  await storeEvents(company, SPREAD);
  await storeEvents(other, SPREAD.slice(0, 60));
});
afterAll(() => api.close());

async function ask(report: string, params: Record<string, string>, asKey = key) {
  const query = new URLSearchParams({ ...RANGE, ...params });
  const response = await fetch(`${api.url}/api/v1/reports/${report}?${query}`, {
    headers: { "X-API-Key": asKey },
  });
  const body = (await response.json()) as { rows: Record<string, string | number | null>[] };
  expect({ status: response.status, body }).toMatchObject({ status: 200 });
  return body.rows;
}

const inRange = SPREAD.filter(({ at }) => at < END);

function groups(events: readonly SentEvent[], keyOf: (event: SentEvent) => string): [string, SentEvent[]][] {
  const keys = [...new Set(events.map(keyOf))];
  return keys.map((key) => [key, events.filter((event) => keyOf(event) === key)]);
}

const count = (events: readonly SentEvent[], ...types: string[]) =>
  events.filter(({ type }) => types.includes(type)).length;
const different = (events: readonly SentEvent[], of: (event: SentEvent) => unknown) =>
  new Set(events.map(of)).size;
const spell = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

describe("logons", () => {
  const starts = inRange.filter(({ type }) => ["Logon", "Unlock", "4778"].includes(type));
  const keys: Record<string, (event: SentEvent) => string> = {
    userName: ({ user }) => user,
    computerName: ({ computer }) => computer,
    siteName: ({ site }) => String(site),
  };

  it.each([
    ["account", "userName"],
    ["computer", "computerName"],
    ["site", "siteName"],
  ])("by %s are what was sent", async (groupBy, member) => {
    const rows = await ask("logons", { group_by: groupBy });
    const expected = groups(starts, keys[member]!).map(([name, events]) => ({
      ...(groupBy === "site" ? {} : { [member]: name }),
      logons: count(events, "Logon"),
      unlocks: count(events, "Unlock"),
      remoteConnects: count(events, "4778"),
      firstLogon: spell(Math.min(...events.map(({ at }) => at))),
      lastLogon: spell(Math.max(...events.map(({ at }) => at))),
    }));
    expect(rows).toHaveLength(expected.length);
    expect(rows).toEqual(expect.arrayContaining(expected.map((row) => expect.objectContaining(row))));
    const counts = rows.map(({ logons }) => Number(logons));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });

  it("by hour of the week are what was sent, all 168 hours", async () => {
    const rows = await ask("logon-hours", {});
    expect(rows).toHaveLength(168);
    const logons = inRange.filter(({ type }) => START_TYPES.includes(type));
    // The range begins on a Monday at midnight of its zone.
    const expected = rows.map(
      (_, hour) => logons.filter(({ at }) => Math.floor((at - START) / HOUR_MS) === hour).length,
    );
    expect(rows.map((row) => row.logons)).toEqual(expected);
    const report = await ask("logons", {});
    const total = report.reduce(
      (sum, row) => sum + Number(row.logons) + Number(row.unlocks) + Number(row.remoteConnects),
      0,
    );
    expect(rows.reduce((sum, row) => sum + Number(row.logons), 0)).toBe(total);
  });

  it("select by a part of a name", async () => {
    const rows = await ask("logons", { q: "ČEN" });
    expect(rows.map(({ userName }) => userName)).toEqual(["Čeněk"]);
  });
});

describe("failures", () => {
  const failed = inRange.filter(({ type }) => type === "4625" || type === "4740");
  const address = ({ fields }: SentEvent) =>
    fields!.SourceIP === "-" ? "192.168.0.9" : String(fields!.SourceIP);
  const reason = ({ fields }: SentEvent) =>
    fields!.SubStatus === "0xC000006A" ? "Incorrect password" : "The username doesn't exist";
  const cases: [string, string, (event: SentEvent) => string][] = [
    ["account", "userName", ({ user }) => user],
    ["computer", "computerName", ({ computer }) => computer],
    ["address", "address", address],
    ["reason", "reason", reason],
  ];

  it.each(cases)("by %s are what was sent", async (groupBy, member, keyOf) => {
    const rows = await ask("failures", { group_by: groupBy });
    const counts: Record<string, (event: SentEvent) => unknown> = {
      accounts: ({ user }) => user,
      computers: ({ computer }) => computer,
      addresses: address,
    };
    delete counts[`${groupBy}s`];
    delete counts[`${groupBy}es`];
    const expected = groups(failed, keyOf).map(([name, events]) => ({
      [member]: name,
      failures: count(events, "4625"),
      lockouts: count(events, "4740"),
      ...Object.fromEntries(Object.entries(counts).map(([id, of]) => [id, different(events, of)])),
      firstFailure: spell(Math.min(...events.map(({ at }) => at))),
      lastFailure: spell(Math.max(...events.map(({ at }) => at))),
    }));
    expect(rows).toHaveLength(expected.length);
    expect(rows).toEqual(expect.arrayContaining(expected.map((row) => expect.objectContaining(row))));
  });

  it("by day are what was sent, without gaps, by the rollup and by the events alike", async () => {
    for (const narrowed of [false, true]) {
      const params: Record<string, string> = narrowed ? { q: "anna" } : {};
      const rows = await ask("failure-times", { bucket: "day", ...params });
      const days = Array.from({ length: 7 }, (_, day) =>
        failed.filter(
          ({ at, user }) =>
            Math.floor((at - START) / (24 * HOUR_MS)) === day && (!narrowed || user === "anna"),
        ),
      );
      expect(rows.map(({ failures, lockouts }) => [failures, lockouts])).toEqual(
        days.map((events) => [count(events, "4625"), count(events, "4740")]),
      );
    }
  });
});

describe("bursts of failures", () => {
  it("are found with the success that followed, and no other company's", async () => {
    const guessed = await makeCompany("Guessed");
    const readKey = await makeKey(guessed);
    const failure = (user: string, minute: number, SourceIP: string): SentEvent => ({
      type: "4625",
      user,
      computer: "PC-1",
      at: START + minute * MINUTE_MS,
      fields: { SourceIP },
    });
    await storeEvents(guessed, [
      ...[0, 1, 2, 3, 4].map((minute) => failure("guessed", minute, "203.0.113.7")),
      { type: "Logon", user: "guessed", computer: "PC-2", at: START + 20 * MINUTE_MS },
      ...[0, 1, 2, 3, 4].map((place) => failure(`sprayed-${place}`, 600 + place, "198.51.100.1")),
      ...[0, 5, 11, 16].map((minute) => failure("forgetful", 1200 + minute, "192.0.2.1")),
    ]);
    const rows = await ask("failure-bursts", {}, readKey);
    expect(rows).toHaveLength(2);
    // The spraying is newer, but no logon followed it.
    expect(rows[1]).toMatchObject({ address: "198.51.100.1", failures: 5, accounts: 5, successAt: null });
    expect(rows[0]).toMatchObject({
      userName: "guessed",
      failures: 5,
      from: spell(START),
      to: spell(START + 4 * MINUTE_MS),
      successAt: spell(START + 20 * MINUTE_MS),
      successKind: "logon",
      successUserName: "guessed",
      successComputerName: "PC-2",
    });
    expect(await ask("failure-bursts", { q: "guessed" }, readKey)).toHaveLength(1);
    expect(await ask("failure-bursts", {})).toEqual([]);
  });
});

describe("inactive accounts and computers", () => {
  it("are those last seen before the days asked for, longest silent first", async () => {
    const silent = await makeCompany("Silent");
    const readKey = await makeKey(silent);
    const seen = (user: string, computer: string, days: number): SentEvent => ({
      type: "Logon",
      user,
      computer,
      at: Date.now() - days * 24 * HOUR_MS - HOUR_MS,
    });
    await storeEvents(silent, [
      seen("gone", "OLD", 90),
      seen("away", "MIDDLE", 40),
      seen("here", "MIDDLE", 3),
      seen("away", "OLD", 60),
    ]);
    // Last seen is marked beside the ingest, which does not run here.
    await database().transaction((tx) => refreshNames(tx, silent.scope));
    const names = async (params: Record<string, string>) =>
      (await ask("inactive", params, readKey)).map((row) => [row.userName ?? row.computerName, row.days]);
    expect(await names({})).toEqual([
      ["gone", 90],
      ["away", 40],
    ]);
    expect(await names({ days: "50" })).toEqual([["gone", 90]]);
    expect(await names({ type: "computer" })).toEqual([["OLD", 60]]);
    await database().execute(sql`update accounts set erased_at = now()
      where company_id = ${silent.companyId} and name = 'gone'`);
    expect(await names({})).toEqual([["away", 40]]);
  });
});
