import { expect, it } from "vitest";
import { lockSite } from "@/db/queries/companies/sites";
import { writeWithin } from "@/db/scope";
import { provideOwnDatabase } from "../support/own-database";
import { makeCompany } from "../support/stored-events";

provideOwnDatabase();

it("sites are locked, and companies made meanwhile, without a deadlock", async () => {
  const { scope, siteIds } = await makeCompany("Locked", 4);
  const locks = siteIds.map(async (siteId) => {
    for (let round = 0; round < 25; round += 1) {
      const site = await writeWithin(scope, (tx) => lockSite(tx, scope, siteId));
      expect(site).toMatchObject({ id: siteId });
    }
  });
  const companies = Array.from({ length: 4 }, async () => {
    for (let round = 0; round < 10; round += 1) await makeCompany("Meanwhile");
  });
  await Promise.all([...locks, ...companies]);
}, 120_000);
