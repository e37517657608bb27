import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connectionPool } from "@/db/client";
import { readEventRows } from "@/db/queries/events/event-rows";
import { USUAL_EFFORT } from "@/db/queries/events/effort";
import { NO_CONDITIONS } from "@/db/queries/events/event-match";
import { listByGroup } from "@/db/queries/events/list-by-group";
import { newestEvents } from "@/db/queries/events/live-events";
import { readWithin } from "@/db/scope";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { plansOf, rowsRead, sumOver } from "../../support/query-plans";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const EVENTS = 2_000;
const ACCOUNTS = 500;
const FAILURES = 40;
const WANTED = 25;

let company: TestCompany;

beforeAll(async () => {
  company = await makeCompany("Plans");
  const now = Date.now();
  const events = Array.from({ length: EVENTS }, (_, n) => ({
    type: n % (EVENTS / FAILURES) === 0 ? "LogonFailed" : "Logon",
    user: `user.${n % ACCOUNTS}`,
    computer: "PC-1",
    at: now - n * 1_000,
  }));
  await storeEvents(company, events);
  await connectionPool()`analyze events, accounts`;
});
afterAll(() => closeDatabase());

test("the newest events are found by the index, whatever the number of events", async () => {
  const { scope } = company;
  const plans = await readWithin(scope, (tx) =>
    plansOf(tx, (explained) => newestEvents(explained, scope, WANTED)),
  );
  expect(rowsRead(plans, "events")).toBeGreaterThanOrEqual(WANTED);
  expect(rowsRead(plans, "events")).toBeLessThan(5 * WANTED);
});

test("a few events in the order of names are not compared with every name", async () => {
  const { companyIds } = company.scope;
  const match = { ...NO_CONDITIONS, companyIds, from: 0, to: null, effort: USUAL_EFFORT };
  const walk = { column: "account_id", isDescending: false, isBackward: false, from: null } as const;
  const found = { rows: 0 };
  const plans = await readWithin(company.scope, (tx) =>
    plansOf(
      tx,
      async (explained) => {
        const ofFailures = { ...match, kinds: [KIND_CODE.logon_failed] };
        found.rows = (await listByGroup(explained, ofFailures, walk, FAILURES + 1, readEventRows))!.length;
      },
      true,
    ),
  );
  expect(found.rows).toBe(FAILURES);
  const compared = (node: (typeof plans)[number]) =>
    (node["Rows Removed by Join Filter"] ?? 0) * node["Actual Loops"];
  expect(sumOver(plans, compared)).toBeLessThan(ACCOUNTS);
});
