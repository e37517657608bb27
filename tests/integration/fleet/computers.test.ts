import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { narrowScope } from "@/db/scope";
import { nameKey } from "@/lib/domain/events/wire";
import { HEALTH_FILTERS, healthOf } from "@/lib/domain/fleet/computer-health";
import { COMPUTER_SORTS, type ComputerRow } from "@/lib/domain/reports/computer-columns";
import { computersQuery } from "@/lib/domain/reports/computers";
import { changeSilentAfter, readSilentAfter } from "@/lib/services/companies/change-silent-after";
import { readComputer } from "@/lib/services/fleet/read-computer";
import { readComputersScreen } from "@/lib/services/fleet/read-computers-screen";
import { pageComputers } from "@/lib/services/reports/computers";
import { operatorContext } from "@/lib/services/context";
import { NOW, UTC } from "../../support/naive-events";
import { storeComputers } from "../../support/known-computers";
import { OFFERED_AGENT } from "../../support/offered-agent";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

let own: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Fleet", 2);
  other = await makeCompany("Other fleet");
  await storeEvents(own, [
    { type: "Logon", user: "Anna", computer: "pc-well", at: NOW - 3 * 60 * MINUTE },
    { type: "Logoff", user: "Anna", computer: "pc-well", at: NOW - 2 * 60 * MINUTE },
    { type: "Logon", user: "Ben", computer: "pc-well", at: NOW - 60 * MINUTE },
    {
      type: "Logon",
      user: "Anna",
      computer: "pc-silent",
      at: NOW - 3 * DAY,
      fields: { AgentVersion: "0.9" },
    },
  ]);
  await storeEvents(other, [{ type: "Logon", user: "Eve", computer: "pc-well", at: NOW - MINUTE }]);
  await storeComputers(own, [
    {
      name: "PC-Well",
      lastAt: NOW - MINUTE,
      agentVersion: OFFERED_AGENT,
      localIp: "10.1.2.3",
      publicIp: "203.0.113.5",
    },
    { name: "PC-Silent", lastAt: NOW - 3 * DAY, agentVersion: "0.9", site: 1 },
    { name: "PC-Late", lastAt: NOW - MINUTE, clockSkewMs: -40 * MINUTE, agentVersion: OFFERED_AGENT },
    { name: "PC-Early", lastAt: NOW - MINUTE, clockSkewMs: 6 * MINUTE, site: 1 },
    { name: "PC-Full", lastAt: NOW - 2 * DAY, spoolLength: 250, droppedFailures: 4, droppedSessions: 1 },
    { name: "100%_odd", lastAt: NOW - MINUTE, clockSkewMs: 4 * MINUTE, spoolLength: 99 },
  ]);
  await storeComputers(other, [{ name: "PC-Other", lastAt: NOW, localIp: "10.1.2.3" }]);
});

afterAll(() => closeDatabase());

const askOf = (params: Record<string, string> = {}) => ({
  query: computersQuery.parse(params),
  range: { from: NOW - DAY, to: NOW },
  zone: UTC,
  now: NOW,
});

async function list(params: Record<string, string> = {}, companies = [own]): Promise<readonly ComputerRow[]> {
  const page = await pageComputers(scopeOver(companies), askOf(params), { after: null, limit: 1_000 });
  return page.rows;
}
const names = async (params: Record<string, string> = {}, companies = [own]) =>
  (await list(params, companies)).map(({ name }) => name);

describe("the list of computers", () => {
  test("tells who used each last, who is on it, and how it is", async () => {
    const rows = await list({ q: "pc-well" });
    expect(rows).toMatchObject([
      {
        name: "pc-well",
        siteName: "HO",
        lastUserName: "Ben",
        lastUsedAt: NOW - 60 * MINUTE,
        presentCount: 1,
        lastSeenAt: NOW - MINUTE,
        agentVersion: OFFERED_AGENT,
        isAgentOutdated: false,
        localIp: "10.1.2.3",
      },
    ]);
    expect(await list({ q: "pc-silent" })).toMatchObject([
      { lastUserName: "Anna", presentCount: 0, isAgentOutdated: true, siteName: "Office 2" },
    ]);
    expect(await list({ q: "pc-late" })).toMatchObject([{ lastUserName: null, lastUsedAt: null }]);
  });

  test("holds nothing of another company, whose computer has the same name and address", async () => {
    expect(await names({ q: "10.1.2.3" })).toEqual(["pc-well"]);
    expect((await list()).every(({ companyId }) => companyId === own.companyId)).toBe(true);
    expect(await list({ q: "pc-well" })).toHaveLength(1);
    const both = await list({ q: "pc-well" }, [own, other]);
    expect(both.map(({ companyName }) => companyName)).toEqual([own.name, other.name]);
  });

  test("is searched by the letter, in name and address, in any case", async () => {
    expect(await names({ q: "100%_" })).toEqual(["100%_odd"]);
    expect(await names({ q: "%" })).toEqual(["100%_odd"]);
    expect(await names({ q: "203.0.113" })).toEqual(["pc-well"]);
    expect(await names({ q: "SILENT" })).toEqual(["pc-silent"]);
  });

  test.each([
    ["silent", ["PC-Full", "pc-silent"]],
    ["reporting", ["100%_odd", "PC-Early", "PC-Late", "pc-well"]],
    ["clock", ["PC-Early", "PC-Late"]],
    ["backlog", ["PC-Full"]],
    ["lost", ["PC-Full"]],
  ])("is held to what is %s", async (health, expected) => {
    expect(await names({ health })).toEqual(expected);
  });

  test("is filtered in the database as the badges of each row judge it", async () => {
    const all = await list();
    const judged = (row: ComputerRow) => {
      const health = healthOf(row, NOW);
      return {
        reporting: !health.isSilent,
        silent: health.isSilent,
        clock: health.wrongClockMs !== null,
        backlog: health.isBacklog,
        lost: health.lostEvents > 0,
      };
    };
    const { healthCounts } = await readComputersScreen(own.scope, askOf(), "");
    for (const filter of HEALTH_FILTERS) {
      const expected = all.filter((row) => judged(row)[filter]).map(({ name }) => name);
      expect(await names({ health: filter })).toEqual(expected);
      expect(healthCounts[filter]).toBe(expected.length);
    }
  });

  test("is held to a site, an account that used it, an agent version and a time it was seen in", async () => {
    expect(await names({ site: String(own.siteIds[1]) })).toEqual(["PC-Early", "pc-silent"]);
    const anna = (await list({ q: "pc-silent" }))[0]!.lastAccountId!;
    expect(await names({ account: String(anna) })).toEqual(["pc-silent", "pc-well"]);
    expect(await names({ version: OFFERED_AGENT })).toEqual(["PC-Late", "pc-well"]);
    expect(await names({ version: "outdated" })).toEqual(["pc-silent"]);
    expect(await names({ version: "unknown" })).toEqual(["100%_odd", "PC-Early", "PC-Full"]);
    const seen = askOf({ range: "today" });
    const page = await pageComputers(own.scope, seen, { after: null, limit: 10 });
    expect(page.rows.map(({ name }) => name)).toEqual(["100%_odd", "PC-Early", "PC-Late", "pc-well"]);
  });

  test("is the same rows page by page as at once, in every order", async () => {
    for (const sort of COMPUTER_SORTS.flatMap((id) => [id, `-${id}`])) {
      const whole = await list({ sort }, [own, other]);
      const paged: ComputerRow[] = [];
      let after: string | null = null;
      do {
        const page = await pageComputers(scopeOver([own, other]), askOf({ sort }), { after, limit: 2 });
        paged.push(...page.rows);
        after = page.next;
      } while (after !== null);
      expect({ sort, paged }).toEqual({ sort, paged: whole });
      expect(new Set(paged.map(({ companyId, id }) => `${companyId}/${id}`)).size).toBe(8);
    }
    const byName = (await names()).map(nameKey);
    expect((await names({ sort: "-computerName" })).map(nameKey)).toEqual(byName.toReversed());
    expect((await names({ sort: "-spoolLength" })).slice(0, 2)).toEqual(["PC-Full", "100%_odd"]);
  });

  test("refuses a cursor of another order, another scope or nobody's making; the screen begins anew then", async () => {
    const first = await pageComputers(own.scope, askOf(), { after: null, limit: 2 });
    const ofOther = await pageComputers(scopeOver([other, own]), askOf(), { after: null, limit: 7 });
    const wrong = [
      [askOf({ sort: "-computerName" }), first.next!],
      [askOf(), "abc"],
      [askOf(), ""],
    ] as const;
    for (const [ask, after] of wrong) {
      await expect(pageComputers(own.scope, ask, { after, limit: 2 })).rejects.toMatchObject({
        code: "invalid",
        fields: [{ field: "after" }],
      });
    }
    expect(ofOther.next).not.toBeNull();
    const screen = await readComputersScreen(own.scope, askOf(), "nonsense");
    expect(screen.rows[0]!.name).toBe("100%_odd");
    // Whatever a text is, or nearly what is given.
    const good = first.next!;
    const nearly = fc
      .tuple(fc.nat(good.length), fc.nat(2), fc.string({ maxLength: 2 }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), nearly), async (after) => {
        const outcome = await pageComputers(own.scope, askOf(), { after, limit: 1 }).then(
          () => "page",
          (error: { code?: string }) => error.code,
        );
        expect(["page", "invalid"]).toContain(outcome);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a computer's page", () => {
  test("tells who is there, who used it, its days and its versions", async () => {
    const [row] = await list({ q: "pc-well" });
    const detail = await readComputer(own.scope, row!.id, UTC, NOW);
    expect(detail.present.map(({ userName, isActive }) => [userName, isActive])).toEqual([["Ben", true]]);
    expect(detail.users.rows.map(({ userName, kind }) => [userName, kind])).toEqual([
      ["Ben", "logon"],
      ["Anna", "logoff"],
    ]);
    expect(detail.users.total).toBe(2);
    expect(detail.events.map(({ userName }) => userName)).toEqual(["Ben", "Anna", "Anna"]);
    expect(detail.days).toHaveLength(30);
    expect(detail.days.reduce((sum, day) => sum + day.events, 0)).toBe(3);
    const [silent] = await list({ q: "pc-silent" });
    expect((await readComputer(own.scope, silent!.id, UTC, NOW)).versions).toMatchObject([
      { version: "0.9", lastAt: NOW - 3 * DAY },
    ]);
  });

  test("is not there for another company, nor for a number nobody has", async () => {
    const [row] = await list({ q: "pc-well" });
    for (const [scope, id] of [
      [other.scope, row!.id],
      [own.scope, 0],
      [own.scope, 999_999_999],
    ] as const) {
      await expect(readComputer(scope, id, UTC, NOW)).rejects.toMatchObject({ code: "not_found" });
    }
    const both = scopeOver([other, own]);
    expect((await readComputer(both, row!.id, UTC, NOW)).users.total).toBe(2);
    expect(narrowScope(other.scope, own.companyId)).toBeNull();
  });
});

test("how long a computer may be silent is each company's own, and its change is audited once", async () => {
  const context = { ...operatorContext("command line"), scope: own.scope };
  expect(await names({ health: "silent" })).toEqual(["PC-Full", "pc-silent"]);
  await changeSilentAfter(context, { silentAfterMinutes: 2 * 1440 + 5 });
  await changeSilentAfter(context, { silentAfterMinutes: 2 * 1440 + 5 });
  expect(await names({ health: "silent" })).toEqual(["pc-silent"]);
  expect(await readSilentAfter(own.scope, own.companyId)).toBe(2885);
  await expect(readSilentAfter(own.scope, other.companyId)).rejects.toMatchObject({ code: "not_found" });
  expect(await readSilentAfter(other.scope, other.companyId)).toBe(1440);
  const rows = await database().execute(sql`
    select before, after, outcome from audit_log where company_id = ${own.companyId} and action = 'company.update'`);
  expect(rows).toMatchObject([
    { before: { silentAfterMinutes: 1440 }, after: { silentAfterMinutes: 2885 }, outcome: "success" },
  ]);
});
