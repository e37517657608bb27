import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { companiesQuery } from "@/lib/domain/reports/companies";
import { siteKeysQuery } from "@/lib/domain/reports/site-keys";
import { ianaZone } from "@/lib/domain/zones";
import { readDashboard, readSilentSites } from "@/lib/services/dashboard/read-dashboard";
import { readCompanyFigures } from "@/lib/services/reports/companies";
import { readSiteKeys } from "@/lib/services/reports/site-keys";
import { readSites } from "@/lib/services/sites/read-sites";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

const DAY = 86_400_000;
const UTC = ianaZone("UTC");
beforeAll(() => database().transaction(ensureSettings));
afterAll(closeDatabase);

test("no site is silent until a first one has reported; after that, those that never did are", async () => {
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

/** The ids of silent sites of the companies, as each place that shows several companies tells them. */
async function silentEverywhere(companies: readonly TestCompany[], now: number): Promise<number[][]> {
  const scope = scopeOver(companies);
  const asked = { range: { from: now - DAY, to: now }, zone: UTC, now };
  const listed = await readSiteKeys(scope, { query: siteKeysQuery.parse({ health: "silent" }), ...asked });
  const own = await Promise.all(companies.map((company) => readSites(company, "UTC", now)));
  return [
    (await readDashboard(scope, UTC, "today", now)).silentSites.map(({ siteId }) => siteId),
    (await readSilentSites(scope, now)).map(({ siteId }) => siteId),
    listed.map(({ siteId }) => siteId),
    own.flat().flatMap(({ id, silentSince }) => (silentSince === undefined ? [] : [id])),
  ].map((ids) => ids.toSorted((a, b) => a - b));
}

test("a company that only begins has no silent site anywhere, though another company's sites report", async () => {
  const begun = await makeCompany("Begun", 2);
  const fresh = await makeCompany("Fresh");
  const now = Date.now();
  await storeEvents(begun, [{ type: "Logon", user: "anna", computer: "PC-1", at: now }]);
  const silent = [begun.siteIds[1]!];
  expect(await silentEverywhere([begun, fresh], now)).toEqual([silent, silent, silent, silent]);
  expect(await silentEverywhere([fresh], now)).toEqual([[], [], [], []]);

  const asked = { range: { from: now - DAY, to: now }, zone: UTC, now };
  const of = async (query: object) => {
    const rows = await readSiteKeys(scopeOver([begun, fresh]), {
      query: siteKeysQuery.parse(query),
      ...asked,
    });
    return rows.map(({ siteId, health }) => [siteId, health]);
  };
  expect(await of({ health: "reporting" })).toEqual([[begun.siteIds[0], "reporting"]]);
  expect(await of({ site: String(fresh.siteIds[0]) })).toEqual([[fresh.siteIds[0], null]]);
  const figures = await readCompanyFigures(scopeOver([begun, fresh]), {
    query: companiesQuery.parse({}),
    ...asked,
  });
  expect(figures.map(({ companyId, silentSites }) => [companyId, silentSites])).toEqual([
    [begun.companyId, 1],
    [fresh.companyId, 0],
  ]);
});
