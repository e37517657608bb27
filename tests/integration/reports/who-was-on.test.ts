import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";
import { ianaZone } from "@/lib/domain/zones";
import { readConcurrentSessions } from "@/lib/services/reports/concurrent-sessions";
import { readWhoWasOn } from "@/lib/services/reports/who-was-on";
import { readWhoWasOnScreen } from "@/lib/services/reports/who-was-on-screen";
import type { Mount } from "../../support/agent-mounts";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import {
  idOf,
  makeCompany,
  scopeOver,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";

const ZONE = ianaZone("Europe/Paris");
const DAY = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const NOW = DAY + 200 * HOUR;

let own: TestCompany;
let other: TestCompany;
let api: Mount;
let readKey: string;

function event(type: string, user: string, computer: string, hour: number, site = 0): SentEvent {
  return { type, user, computer, at: DAY + hour * HOUR, site };
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Presence own", 2);
  other = await makeCompany("Presence other");
  await storeEvents(own, [
    event("Logon", "anna", "PC-1", 8),
    event("Logon", "Bert", "PC-1", 9),
    event("Sleep", "SYSTEM", "PC-1", 10),
    event("Logon", "anna", "RDS", 11, 1),
    event("Unlock", "anna", "PC-1", 12),
    event("Shutdown", "Bert", "RDS", 14, 1),
    event("Logoff", "anna", "PC-1", 15),
    event("Unlock", "Bert", "PC-1", 80),
    event("Logoff", "Bert", "PC-1", 81),
    event("Logon", "Carl", "PC-2", 8),
  ]);
  await storeEvents(other, [event("Logon", "anna", "PC-1", 8)]);
  readKey = await makeKey(own);
  api = await openReadApi();
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

const hourOf = (at: number | null) => (at === null ? "" : (at - DAY) / HOUR);

async function ask(params: Record<string, string>, hour: number, companies = [own]): Promise<string[]> {
  const query = whoWasOnQuery.parse({ at: new Date(DAY + hour * HOUR).toISOString(), ...params });
  const rows = await readWhoWasOn(scopeOver(companies), {
    query,
    range: { from: 0, to: 0 },
    zone: ZONE,
    now: NOW,
  });
  return rows.map(
    (row) =>
      `${row.userName} ${row.computerName} ${row.siteName} ${row.state} ${hourOf(row.since)}-${hourOf(row.until)} ${row.opened.kind}-${row.closed?.kind ?? ""}`,
  );
}

describe("who was on a computer", () => {
  it("is told with the events that prove it, a sleep and a shutdown of others among them", async () => {
    const computer = await idOf("computers", own, "PC-1");
    expect(await ask({ computer }, 7)).toEqual([]);
    expect(await ask({ computer }, 9.5)).toEqual([
      "anna PC-1 HO active 8-10 logon-sleep",
      "Bert PC-1 HO active 9-10 logon-sleep",
    ]);
    expect(await ask({ computer }, 11)).toEqual([
      "anna PC-1 HO locked 10-12 sleep-unlock",
      "Bert PC-1 HO locked 10-80 sleep-unlock",
    ]);
    const rds = await idOf("computers", own, "RDS");
    expect(await ask({ computer: rds }, 13)).toEqual(["anna RDS Office 2 active 11-14 logon-shutdown"]);
    expect(await ask({ computer: rds }, 14)).toEqual([]);
  });

  it("holds to a search, a site and an account", async () => {
    const computer = await idOf("computers", own, "PC-1");
    expect(await ask({ computer, q: "NNA" }, 9.5)).toHaveLength(1);
    expect(await ask({ computer, site: String(own.siteIds[1]) }, 9.5)).toEqual([]);
    expect(await ask({ computer, account: await idOf("accounts", own, "Bert") }, 9.5)).toEqual([
      "Bert PC-1 HO active 9-10 logon-sleep",
    ]);
    expect(await ask({ computer, account: await idOf("accounts", own, "Carl") }, 9.5)).toEqual([]);
  });
});

describe("where an account was", () => {
  it("is told for all its computers at once", async () => {
    const account = await idOf("accounts", own, "anna");
    expect(await ask({ account }, 12.5)).toEqual([
      "anna PC-1 HO active 12-15 unlock-logoff",
      "anna RDS Office 2 active 11-14 logon-shutdown",
    ]);
    expect(await ask({ account }, 16)).toEqual([]);
  });

  it("is uncertain after a logon that nothing followed, up to the longest session", async () => {
    const account = await idOf("accounts", own, "Carl");
    expect(await ask({ account }, 23.9)).toEqual(["Carl PC-2 HO uncertain 8-24 logon-"]);
    expect(await ask({ account }, 24)).toEqual([]);
  });

  it("is found among all companies, where names may repeat", async () => {
    const account = await idOf("accounts", other, "anna");
    expect(await ask({ account }, 9, [own, other])).toEqual(["anna PC-1 HO uncertain 8-24 logon-"]);
    const computer = await idOf("computers", own, "PC-1");
    expect(await ask({ account, computer }, 9, [own, other])).toEqual([]);
  });
});

describe("the screen", () => {
  it("names the nearest events where nobody was on, and nothing of a moment to come", async () => {
    const computer = await idOf("computers", own, "PC-1");
    const screenAt = (hour: number) =>
      readWhoWasOnScreen(own.scope, {
        query: whoWasOnQuery.parse({ computer, at: new Date(DAY + hour * HOUR).toISOString() }),
        range: { from: 0, to: 0 },
        zone: ZONE,
        now: NOW,
      });
    const nobody = await screenAt(7);
    expect(nobody).toMatchObject({ rows: [], isFuture: false, computer: { name: "PC-1" }, account: null });
    expect(nobody.neighbours).toMatchObject({ before: null, after: { userName: "anna", kind: "logon" } });
    expect((await screenAt(90)).neighbours).toMatchObject({ before: { kind: "logoff" }, after: null });
    expect(await screenAt(300)).toMatchObject({ isFuture: true, rows: [], neighbours: null });
  });
});

describe("concurrent sessions", () => {
  async function list(params: Record<string, string> = {}): Promise<string[]> {
    const query = concurrentSessionsQuery.parse(params);
    const range = { from: DAY, to: DAY + 24 * HOUR };
    const rows = await readConcurrentSessions(own.scope, { query, range, zone: ZONE, now: NOW });
    return rows.map((row) => {
      const computers = row.computers.map(({ name }) => name).join("+");
      return `${row.userName} ${hourOf(row.from)}-${hourOf(row.to)} ${computers} ${row.mostAtOnce} ${row.bothActiveMs / HOUR}`;
    });
  }

  it("are the times one account was on several computers, and how long active on several", async () => {
    expect(await list()).toEqual(["anna 11-14 PC-1+RDS 2 2"]);
    expect(await list({ count: "active" })).toEqual(["anna 12-14 PC-1+RDS 2 2"]);
  });

  it("hold to an account, a computer, a site and a search", async () => {
    const both = ["anna 11-14 PC-1+RDS 2 2"];
    expect(await list({ account: await idOf("accounts", own, "anna") })).toEqual(both);
    expect(await list({ account: await idOf("accounts", own, "Bert") })).toEqual([]);
    expect(await list({ computer: await idOf("computers", own, "RDS") })).toEqual(both);
    expect(await list({ computer: await idOf("computers", own, "PC-2") })).toEqual([]);
    expect(await list({ site: "999999" })).toEqual([]);
    expect(await list({ q: "rds" })).toEqual(both);
    expect(await list({ q: "bert" })).toEqual([]);
  });
});

describe("in the read API", () => {
  const get = (query: string) =>
    fetch(`${api.url}/api/v1/reports/${query}`, { headers: { "X-API-Key": readKey } });

  it("a row names account, computer, state, since, until and its two events", async () => {
    const computer = await idOf("computers", own, "PC-1");
    const answer = await get(`who-was-on?computer=${computer}&at=2026-01-05T10:30&tz=Europe/Paris&q=anna`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      report: "who-was-on",
      from: "2026-01-05T09:30:00Z",
      to: "2026-01-05T09:30:00Z",
      rows: [
        {
          userName: "anna",
          computerName: "PC-1",
          state: "active",
          since: "2026-01-05T08:00:00Z",
          until: "2026-01-05T10:00:00Z",
          openedBy: "Logon",
          closedBy: "Sleep",
          closedAt: "2026-01-05T10:00:00Z",
        },
      ],
    });
  });

  it("comes as a file named by the day of the moment, concurrent sessions by their range", async () => {
    const computer = await idOf("computers", own, "PC-1");
    const file = await get(`who-was-on?computer=${computer}&at=2026-01-05T09:30Z&format=csv`);
    expect(file.headers.get("content-disposition")).toMatch(/who-was-on_Presence-own-\w+_2026-01-05\.csv/);
    expect((await file.text()).split("\r\n")).toHaveLength(4);
    const list = await get("concurrent-sessions?from=2026-01-05&to=2026-01-05&tz=UTC");
    const body = (await list.json()) as { rows: object[] };
    expect(body.rows).toEqual([
      {
        userName: "anna",
        from: "2026-01-05T11:00:00Z",
        to: "2026-01-05T14:00:00Z",
        seconds: 10_800,
        bothActiveSeconds: 7_200,
        mostAtOnce: 2,
        computers: "PC-1, RDS",
        accountId: Number(await idOf("accounts", own, "anna")),
      },
    ]);
  });

  it.each([
    ["who-was-on", "computer"],
    ["who-was-on?computer=1&at=2026-02-30T10:00Z", "at"],
    ["who-was-on?computer=1&at=2026-01-05", "at"],
    ["who-was-on?computer=1&at=2026-01-05T25:00", "at"],
    ["who-was-on?computer=1&at=2100-01-05T10:00Z", "at"],
    ["who-was-on?computer=x", "computer"],
    ["who-was-on?account=0", "account"],
    ["concurrent-sessions?count=none", "count"],
    ["concurrent-sessions?sort=computers", "sort"],
  ])("%s is a 400 that names %s", async (query, field) => {
    const answer = await get(query);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  });

  it("an account or computer of another company is a 404, as one that does not exist", async () => {
    const foreign = [
      `computer=${await idOf("computers", other, "PC-1")}`,
      `account=${await idOf("accounts", other, "anna")}`,
      "computer=999999999",
      `computer=${await idOf("computers", own, "PC-1")}&account=${await idOf("accounts", other, "anna")}`,
    ];
    for (const params of foreign) {
      expect((await get(`who-was-on?${params}&at=2026-01-05T09:00Z`)).status).toBe(404);
    }
    expect((await get(`who-was-on?company=${other.companyId}&computer=1`)).status).toBe(404);
  });
});
