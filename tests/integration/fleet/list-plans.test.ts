import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connectionPool, database } from "@/db/client";
import { listAccounts, type AccountMatch } from "@/db/queries/fleet/list-accounts";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin } from "@/db/scope";
import { provideOwnDatabase } from "../../support/own-database";
import { usualPlansOf, rowsRead, sumOver } from "../../support/query-plans";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const NAMED = 3_000;
const SESSIONS = 1_000;
const NOW = Date.now();
let company: TestCompany;

/** Names that were only tried stand before those with sessions in the order of the list. */
beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Listed");
  const named = Array.from({ length: NAMED }, (_, n) => ({
    type: "LogonFailed",
    user: `a.${n}`,
    computer: "PC-1",
    at: NOW - n * 1_000,
  }));
  const used = Array.from({ length: SESSIONS }, (_, n) => ({
    type: "Logon",
    user: `u.${n}`,
    computer: `PC-${n}`,
    at: NOW - n * 1_000,
  }));
  await storeEvents(company, [...named, ...used]);
  await connectionPool()`analyze accounts, presence, computers, events`;
});
afterAll(() => closeDatabase());

const moment = { now: NOW, longestSessionHours: 16 };
const within = { from: NOW - 3_600_000, to: NOW + 1 };

test.each<[string, () => Partial<AccountMatch>]>([
  ["a site", () => ({ siteId: company.siteIds[0]! })],
  ["those signed in", () => ({ presence: "present" })],
  ["those that used a computer", () => ({ used: { isUsed: true, within } })],
])("accounts held to %s are not compared with all of presence one by one", async (_, match) => {
  const order = { by: "userName", isDescending: false, after: null } as const;
  const plans = await readWithin(company.scope, (tx) =>
    usualPlansOf(tx, (explained) =>
      listAccounts(explained, company.scope, { moment, ...match() }, order, 51),
    ),
  );
  const compared = sumOver(
    plans,
    (node) => (node["Rows Removed by Join Filter"] ?? 0) * node["Actual Loops"],
  );
  expect(compared + rowsRead(plans, "presence")).toBeLessThan(10 * (NAMED + SESSIONS));
});
