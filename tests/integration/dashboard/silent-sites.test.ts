import { afterAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ianaZone } from "@/lib/domain/zones";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { makeCompany, storeEvents } from "../../support/stored-events";

const DAY = 86_400_000;
const UTC = ianaZone("UTC");
afterAll(closeDatabase);

test("no site is silent until a first one has reported; after that, those that never did are", async () => {
  await database().transaction(ensureSettings);
  const company = await makeCompany("Silent", 2);
  const now = Date.now();
  const silentAt = async (at: number) => {
    const { silentSites } = await readDashboard(company.scope, UTC, "today", at);
    return silentSites.map(({ siteName }) => siteName);
  };
  expect(await silentAt(now)).toEqual([]);
  expect(await silentAt(now + 30 * DAY)).toEqual([]);
  await storeEvents(company, [{ type: "Logon", user: "anna", computer: "PC-1", at: now }]);
  expect(await silentAt(now)).toEqual(["Office 2"]);
  expect(await silentAt(now + 30 * DAY)).toEqual(["Office 2", "HO"]);
});
