import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { presentSql } from "@/db/queries/fleet/present";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin } from "@/db/scope";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { whoWasOn } from "@/lib/domain/presence/who-was-on";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { whoWasOnQuery } from "@/lib/domain/reports/who-was-on";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { ianaZone } from "@/lib/domain/zones";
import { readRollCall } from "@/lib/services/reports/roll-call";
import { readWhoWasOn } from "@/lib/services/reports/who-was-on";
import type { Mount } from "../../support/agent-mounts";
import { readEverything } from "../../support/naive-events";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import {
  makeCompany,
  scopeOver,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";

const ZONE = ianaZone("Europe/Paris");
const DAY = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const LONGEST_HOURS = 16;
const NOW = DAY + 200 * HOUR;
const TYPES = ["Logon", "Unlock", "Lock", "Logoff", "Sleep", "Wake", "Shutdown", "Startup", "4625"];
// A person begins and pauses far more often than a computer stops.
const WEIGHTS = [6, 6, 8, 4, 2, 1, 1, 1, 1];

let own: TestCompany;
let other: TestCompany;
let random: TestCompany;
let api: Mount;
let readKey: string;

function event(type: string, user: string, computer: string, hour: number, site = 0): SentEvent {
  return { type, user, computer, at: DAY + hour * HOUR, site };
}

/** Deterministic: the same events in every run. */
function randomEvents(count: number): SentEvent[] {
  let seed = 20_260_105;
  const dice = (sides: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * sides);
  };
  const sum = WEIGHTS.reduce((total, weight) => total + weight, 0);
  const anyType = () => {
    let left = dice(sum);
    return TYPES[WEIGHTS.findIndex((weight) => (left -= weight) < 0)]!;
  };
  return Array.from({ length: count }, () => ({
    type: anyType(),
    user: `user ${dice(6)}`,
    computer: `PC-${dice(5)}`,
    // Minutes, so that some stand at the same instant; nothing for days now and then.
    at: DAY + (dice(4) * 48 + dice(30)) * HOUR + dice(60) * 60_000,
    site: dice(3),
  }));
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Roll call own", 2);
  other = await makeCompany("Roll call other");
  random = await makeCompany("Roll call random", 3);
  await storeEvents(own, [
    event("Logon", "anna", "PC-1", 8),
    event("Logon", "anna", "RDS", 9, 1),
    event("Logon", "Bert", "PC-1", 9, 1),
    event("Lock", "Bert", "PC-1", 10),
    event("Logoff", "anna", "PC-1", 12),
    event("Logoff", "anna", "RDS", 12, 1),
    event("Unlock", "Bert", "PC-1", 80),
  ]);
  await storeEvents(other, [event("Logon", "carl", "PC-9", 8), event("Logoff", "carl", "PC-9", 15)]);
  await storeEvents(random, randomEvents(900));
  readKey = await makeKey(own);
  api = await openReadApi();
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

async function call(
  params: Record<string, string>,
  at: number,
  companies = [own],
  now = NOW,
): Promise<Awaited<ReturnType<typeof readRollCall>>> {
  const query = rollCallQuery.parse({ at: new Date(at).toISOString(), ...params });
  return readRollCall(scopeOver(companies), { query, range: { from: 0, to: 0 }, zone: ZONE, now });
}

async function words(params: Record<string, string>, hour: number, companies = [own]): Promise<string[]> {
  const rows = await call(params, DAY + hour * HOUR, companies);
  return rows.map(
    (row) => `${row.siteName}: ${row.userName} ${row.computerName} ${row.state} ${(row.since - DAY) / HOUR}`,
  );
}

describe("a roll call", () => {
  it("names everybody on by site, on which computer, since when and in which state", async () => {
    expect(await words({}, 7)).toEqual([]);
    expect(await words({}, 11)).toEqual([
      "HO: anna PC-1 active 8",
      "HO: Bert PC-1 locked 10",
      "Office 2: anna RDS active 9",
    ]);
    expect(await words({}, 13)).toEqual(["HO: Bert PC-1 locked 10"]);
  });

  it("leaves out who locked the computer longer ago than the longest session", async () => {
    expect(await words({}, 10 + LONGEST_HOURS - 0.1)).toEqual(["HO: Bert PC-1 locked 10"]);
    expect(await words({}, 10 + LONGEST_HOURS)).toEqual([]);
  });

  it("holds to a site, a search, a state, an account and a computer, and sorts", async () => {
    expect(await words({ site: String(own.siteIds[1]) }, 11)).toEqual(["Office 2: anna RDS active 9"]);
    expect(await words({ q: "BERT" }, 11)).toEqual(["HO: Bert PC-1 locked 10"]);
    expect(await words({ q: "rds" }, 11)).toEqual(["Office 2: anna RDS active 9"]);
    expect(await words({ state: "locked" }, 11)).toEqual(["HO: Bert PC-1 locked 10"]);
    expect(await words({ sort: "-since" }, 11)).toEqual([
      "HO: Bert PC-1 locked 10",
      "Office 2: anna RDS active 9",
      "HO: anna PC-1 active 8",
    ]);
  });

  it("spans the companies of the scope and no other", async () => {
    const rows = await call({}, DAY + 11 * HOUR, [own, other]);
    expect(rows.map(({ companyId, userName }) => [companyId, userName])).toEqual([
      [other.companyId, "carl"],
      [own.companyId, "anna"],
      [own.companyId, "Bert"],
      [own.companyId, "anna"],
    ]);
    expect(await words({}, 11, [other])).toEqual(["HO: carl PC-9 active 8"]);
  });
});

/** What the rule says of every event there is, as who was on tells it. */
function naive(events: readonly TimeSpentEvent[], at: number): string[] {
  return whoWasOn(events, { at, now: NOW, maxSessionHours: LONGEST_HOURS })
    .filter(({ from }) => from > at - LONGEST_HOURS * HOUR)
    .map((stretch) => `${stretch.accountId} ${stretch.computerId} ${stretch.kind} ${stretch.from}`)
    .toSorted();
}

describe("of nine hundred events at random", () => {
  it("names at every moment whom the rule names over all events, and whom each computer is asked for", async () => {
    const known = await readEverything([random.companyId]);
    const events = known.map(({ row, accountId, computerId }) => ({
      accountId,
      computerId,
      kindCode: KIND_CODE[row.kind],
      at: row.at,
      order: row.id,
    }));
    const computerIds = [...new Set(events.map(({ computerId }) => computerId))];
    let seen = 0;
    for (let hour = -1; hour < 190; hour += 1.75) {
      const at = DAY + hour * HOUR;
      const rows = await call({}, at, [random]);
      const told = rows
        .map((row) => `${row.accountId} ${row.computerId} ${row.state} ${row.since}`)
        .toSorted();
      expect(told, `hour ${hour}`).toEqual(naive(events, at));
      seen += told.length;
      if (Math.round(hour / 1.75) % 8 !== 0) continue;
      const each = await Promise.all(computerIds.map((id) => onComputer(id, at)));
      expect(told, `hour ${hour}, by computer`).toEqual(each.flat().toSorted());
    }
    expect(seen).toBeGreaterThan(300);
  });

  it("names now whom the dashboard counts as signed in", async () => {
    for (let hour = 0; hour < 190; hour += 3.5) {
      // Asked at that very moment: what comes later has not happened yet.
      const at = DAY + hour * HOUR;
      const rows = await call({}, at, [random], at);
      expect(
        rows.map((row) => `${row.accountId} ${row.computerId} ${row.state === "active"}`).toSorted(),
        `hour ${hour}`,
      ).toEqual(await signedIn(at));
    }
  });
});

async function onComputer(id: number, at: number): Promise<string[]> {
  const query = whoWasOnQuery.parse({ computer: String(id), at: new Date(at).toISOString() });
  const rows = await readWhoWasOn(random.scope, { query, range: { from: 0, to: 0 }, zone: ZONE, now: NOW });
  return rows
    .filter(({ since }) => since > at - LONGEST_HOURS * HOUR)
    .map((row) => `${row.accountId} ${row.computerId} ${row.state} ${row.since}`);
}

async function signedIn(now: number): Promise<string[]> {
  const { join, isPresent, isActive } = presentSql(random.scope, { now, longestSessionHours: LONGEST_HOURS });
  const rows = await readWithin(random.scope, (tx) =>
    tx.execute<{ account_id: number; computer_id: number; is_active: boolean }>(sql`
      select p.account_id, p.computer_id, ${isActive} as is_active
      from presence p ${join}
      where p.company_id = ${random.companyId} and ${isPresent}`),
  );
  return rows.map((row) => `${row.account_id} ${row.computer_id} ${row.is_active}`).toSorted();
}

describe("in the read API", () => {
  const get = (query: string) =>
    fetch(`${api.url}/api/v1/reports/roll-call${query}`, { headers: { "X-API-Key": readKey } });

  it("tells each session in JSON, without totals", async () => {
    const answer = await get("?at=2026-01-05T11:00:00Z&state=locked");
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { rows: object[] };
    expect(body).toMatchObject({
      report: "roll-call",
      from: "2026-01-05T11:00:00Z",
      to: "2026-01-05T11:00:00Z",
    });
    expect(body.rows).toEqual([
      expect.objectContaining({
        siteName: "HO",
        userName: "Bert",
        computerName: "PC-1",
        since: "2026-01-05T10:00:00Z",
        state: "locked",
      }),
    ]);
  });

  it("ends a file with the counts of each site and of all, unless they are not wanted", async () => {
    const lines = async (more: string) => {
      const text = await (await get(`?at=2026-01-05T11:00:00Z&format=csv&bom=off${more}`)).text();
      return text.trimEnd().split("\r\n").slice(1);
    };
    expect(await lines("")).toEqual([
      "HO,anna,PC-1,2026-01-05T08:00:00+00:00,Active",
      "HO,Bert,PC-1,2026-01-05T10:00:00+00:00,Locked",
      "Office 2,anna,RDS,2026-01-05T09:00:00+00:00,Active",
      "Total of HO,2 accounts,2 sessions,,1 active and 1 locked",
      "Total of Office 2,1 account,1 session,,1 active",
      "Total,2 accounts,3 sessions,,2 active and 1 locked",
    ]);
    expect(await lines("&totals=off")).toHaveLength(3);
    expect(await lines("&columns=userName,siteName")).toContain("2 accounts,Total of HO");
  });

  it.each([
    ["?at=2100-01-05T10:00Z", "at"],
    ["?at=yesterday", "at"],
    ["?state=asleep", "state"],
    ["?sort=nothing", "sort"],
    ["?totals=some", "totals"],
  ])("%s is a 400 that names %s", async (query, field) => {
    const answer = await get(query);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  });

  it("never tells of another company", async () => {
    const text = await (await get("?at=2026-01-05T11:00:00Z")).text();
    expect(text).not.toContain("carl");
    expect((await get(`?company=${other.companyId}&at=2026-01-05T11:00:00Z`)).status).toBe(404);
  });
});
