import { beforeAll, expect, it } from "vitest";
import { operatorActor } from "@/lib/services/audit/actor";
import { ensureDemoSites } from "@/lib/services/companies/ensure-demo-sites";
import { purgeCompany } from "@/lib/services/companies/purge-company";
import { openCompany } from "@/lib/services/operator/companies";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

beforeAll(() => setSettings({ timeZone: "UTC" }));

it("the demo has working keys of the same sites again after the company's data was deleted", async () => {
  const demo = { name: "Demo again", description: "", siteNames: ["HO", "Depot"] };
  const actor = operatorActor("command line");
  const before = await ensureDemoSites(actor, demo);
  expect(await ensureDemoSites(actor, demo)).toEqual(before);
  const context = await openCompany(demo.name);
  await purgeCompany(context, { confirmedName: demo.name });
  const after = await ensureDemoSites(actor, demo);
  expect([...after.keys()].toSorted()).toEqual(["Depot", "HO"]);
  expect([...after.values()].filter((key) => [...before.values()].includes(key))).toEqual([]);
});
