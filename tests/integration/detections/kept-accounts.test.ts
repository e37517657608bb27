import { expect, it } from "vitest";
import { ianaZone } from "@/lib/domain/zones";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { setCompanyRetention, setSettings } from "../../support/aged-records";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

it.each([
  ["the portal's", 50, null, { keptDays: 50, isTooShort: true }],
  ["the company's own", 50, 90, { keptDays: 90, isTooShort: false }],
  ["a long enough", 50, 400, null],
  ["no", null, null, null],
])("rules say what %s retention keeps from them", async (_, portal, own, expected) => {
  await setSettings({ eventRetentionDays: portal });
  const company = await makeCompany("Short of memory");
  await setCompanyRetention(company, { events: own });
  const { rules } = await readRulesScreen(operatorIn(company), ianaZone("UTC"), Date.now());
  const warned = rules.flatMap(({ name, keptAccounts }) => (keptAccounts ? [[name, keptAccounts]] : []));
  expect(warned).toEqual(expected ? [["dormant-account", expected]] : []);
});
