import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ACCOUNT_SORTS, type AccountRow } from "@/lib/domain/reports/account-columns";
import { accountsQuery } from "@/lib/domain/reports/accounts";
import { readAccount } from "@/lib/services/fleet/read-account";
import { readAccountsScreen } from "@/lib/services/fleet/read-accounts-screen";
import { pageAccounts } from "@/lib/services/reports/accounts";
import { eventsList } from "@/lib/services/tables/lists";
import { openTable } from "../../support/ask-table";
import { NOW, UTC } from "../../support/naive-events";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let own: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Accounts", 2);
  other = await makeCompany("Other accounts");
  const event = (type: string, user: string, computer: string, ago: number, more: object = {}) => ({
    type,
    user,
    computer,
    at: NOW - ago,
    ...more,
  });
  await storeEvents(own, [
    event("Logon", "Anna", "PC-1", 5 * HOUR),
    event("Logoff", "anna", "PC-1", 4 * HOUR),
    event("Logon", "Anna", "PC-2", 3 * HOUR, { site: 1 }),
    event("Logon", "Anna", "PC-3", 2 * HOUR),
    event("Lock", "Anna", "PC-3", HOUR),
    event("Logon", "Ben", "PC-4", 2 * HOUR),
    event("Shutdown", "SYSTEM", "PC-4", HOUR),
    event("Logon", "Carla", "PC-5", 17 * HOUR),
    event("Logon", "Dan", "PC-6", 2 * HOUR),
    event("Sleep", "SYSTEM", "PC-6", HOUR),
    event("4625", "Eve", "PC-1", HOUR, { fields: { SubStatus: "0xC000006A", SourceIP: "198.51.100.1" } }),
    event("Lockout", "Eve", "PC-1", 50 * MINUTE),
    event("4625", "Eve", "PC-1", 40 * 24 * HOUR),
  ]);
  await storeEvents(other, [event("Logon", "Anna", "PC-1", HOUR)]);
});

afterAll(() => closeDatabase());

const askOf = (params: Record<string, string> = {}) => ({
  query: accountsQuery.parse(params),
  range: { from: NOW - 24 * HOUR, to: NOW },
  zone: UTC,
  now: NOW,
});

async function list(params: Record<string, string> = {}, companies = [own]): Promise<readonly AccountRow[]> {
  return (await pageAccounts(scopeOver(companies), askOf(params), { after: null, limit: 100 })).rows;
}
const names = async (params: Record<string, string> = {}) => (await list(params)).map(({ name }) => name);
const idOf = async (name: string) => (await list({ q: name }))[0]!.id;

describe("the list of accounts", () => {
  test("tells where each is, was last and how many computers it used", async () => {
    expect(await list({ q: "ANNA" })).toMatchObject([
      {
        name: "Anna",
        lastComputerName: "PC-3",
        lastSiteName: "HO",
        lastUsedAt: NOW - HOUR,
        computerCount: 3,
        presentCount: 2,
        activeCount: 1,
      },
    ]);
    expect(await list({ q: "eve" })).toMatchObject([
      { lastComputerName: null, computerCount: 0, presentCount: 0 },
    ]);
  });

  test("holds who is present to what ended it: a shutdown of the computer, the longest session, a sleep", async () => {
    expect(await names({ presence: "present" })).toEqual(["Anna", "Dan"]);
    expect(await names({ presence: "active" })).toEqual(["Anna"]);
    expect(await names({ presence: "away" })).toEqual(["Ben", "Carla", "Eve", "SYSTEM"]);
  });

  test("is held to a computer they used, a site they were at and a name", async () => {
    const computer = (await list({ q: "ben" }))[0]!.lastComputerId!;
    expect(await names({ computer: String(computer) })).toEqual(["Ben"]);
    expect(await names({ site: String(own.siteIds[1]) })).toEqual(["Anna"]);
    expect(await names({ q: "n" })).toEqual(["Anna", "Ben", "Dan"]);
    expect(await names({ q: "%" })).toEqual([]);
  });

  test("keeps companies apart and is the same page by page in every order", async () => {
    expect(await list({ q: "anna" })).toHaveLength(1);
    expect((await list({ q: "anna" }, [other]))[0]).toMatchObject({
      computerCount: 1,
      companyId: other.companyId,
    });
    for (const sort of ACCOUNT_SORTS.flatMap((id) => [id, `-${id}`])) {
      const whole = await list({ sort }, [own, other]);
      expect(whole).toHaveLength(7);
      const paged: AccountRow[] = [];
      let after: string | null = null;
      do {
        const page = await pageAccounts(scopeOver([own, other]), askOf({ sort }), { after, limit: 3 });
        paged.push(...page.rows);
        after = page.next;
      } while (after !== null);
      expect({ sort, paged }).toEqual({ sort, paged: whole });
    }
  });

  test("counts what the filters leave, and what there is", async () => {
    const screen = await readAccountsScreen(own.scope, askOf({ presence: "present" }), "");
    expect(screen).toMatchObject({ found: 2, total: 6, next: null });
    const ofOne = await readAccountsScreen(own.scope, askOf({ account: String(await idOf("dan")) }), "");
    expect(ofOne).toMatchObject({ found: 1, accountName: "Dan", computerName: null });
  });
});

describe("an account's page", () => {
  test("tells where it is, the computers it used and its failures of the last 30 days with their reasons", async () => {
    const anna = await readAccount(own.scope, await idOf("anna"), UTC, NOW);
    expect(anna.present.map(({ computerName, isActive }) => [computerName, isActive])).toEqual([
      ["PC-2", true],
      ["PC-3", false],
    ]);
    expect(anna.computers.rows.map(({ computerName }) => computerName)).toEqual(["PC-3", "PC-2", "PC-1"]);
    expect(anna.failures).toEqual({ rows: [], total: 0 });
    const eve = await readAccount(own.scope, await idOf("eve"), UTC, NOW);
    expect(eve.failures.total).toBe(2);
    expect(eve.failures.rows).toMatchObject([
      { kind: "lockout" },
      { kind: "logon_failed", subStatus: "0xC000006A", address: "198.51.100.1" },
    ]);
    expect(eve.computers.total).toBe(0);
    expect(eve.events).toHaveLength(2);
  });

  test("tells where its failures came from as the list of events takes it, so that each leads to itself", async () => {
    const company = await makeCompany("Failing");
    const at = Date.now() - MINUTE;
    const sent: readonly [source: string | undefined, local: string | undefined, found: string | null][] = [
      ["203.0.113.9", "10.0.0.1", "203.0.113.9"],
      ["127.0.0.1", "10.0.0.2", "10.0.0.2"],
      ["::1", "10.0.0.3", "10.0.0.3"],
      ["-", "10.0.0.4", "10.0.0.4"],
      [undefined, "10.0.0.5", "10.0.0.5"],
      ["-", undefined, null],
    ];
    const events = sent.map(([SourceIP, LocalIP], n) => ({
      type: "4625",
      user: "Fay",
      computer: "PC-1",
      at: at - n,
      fields: { SourceIP, LocalIP },
    }));
    await storeEvents(company, events);
    const [fay] = await list({}, [company]);
    const { failures } = await readAccount(company.scope, fay!.id, UTC, Date.now());
    expect(failures.rows.map(({ address }) => address)).toEqual(sent.map(([, , found]) => found));
    for (const { id, address } of failures.rows) {
      const filters = {
        range: "30d",
        kind: "logon_failed",
        account: String(fay!.id),
        address: address ?? "-",
      };
      const page = openTable(eventsList, company, filters).page!();
      expect((await page).rows.map((row) => row.includes(id))).toEqual([true]);
    }
  });

  test("is not there for another company", async () => {
    const id = await idOf("anna");
    await expect(readAccount(other.scope, id, UTC, NOW)).rejects.toMatchObject({ code: "not_found" });
  });
});
