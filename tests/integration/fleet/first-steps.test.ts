import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { readFirstSteps, readNewcomers } from "@/lib/services/fleet/read-newcomers";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const HOUR = 3_600_000;
let company: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("New", 2);
  other = await makeCompany("Neighbour");
});
afterAll(closeDatabase);

const logon = (computer: string, at: number, site = 0) => ({
  type: "Logon",
  user: "anna",
  computer,
  at,
  site,
});

test("the first steps go from nothing over the package to the first computer, and end an hour after it", async () => {
  const now = Date.now();
  await storeEvents(other, [logon("OTHER-1", now)]);
  expect(await readFirstSteps(company.scope, now)).toEqual({ hasPackage: false, computers: [] });

  await database().transaction((tx) =>
    insertAuditRow(tx, {
      actorUserId: null,
      actorName: "tester",
      address: null,
      companyId: company.companyId,
      action: "agent-package.download",
      outcome: "success",
    }),
  );
  expect(await readFirstSteps(company.scope, now)).toEqual({ hasPackage: true, computers: [] });

  await storeEvents(company, [logon("PC-1", now)]);
  const first = await readFirstSteps(company.scope, now);
  expect(first?.computers).toMatchObject([{ name: "PC-1", companyId: company.companyId, firstSeenAt: now }]);
  expect(await readFirstSteps(company.scope, now + HOUR + 1)).toBeNull();
});

test("the newest computers are those that came last, five at most, and only the company's own", async () => {
  const now = Date.now();
  for (const number of [2, 3, 4, 5, 6, 7])
    await storeEvents(company, [logon(`PC-${number}`, now - number * HOUR)]);
  const names = (await readNewcomers(company.scope)).map(({ name }) => name);
  expect(names).toEqual(["PC-7", "PC-6", "PC-5", "PC-4", "PC-3"]);
  expect((await readNewcomers(other.scope)).map(({ name }) => name)).toEqual(["OTHER-1"]);
});
