import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { hoursForm } from "@/lib/domain/detections/calendar-form";
import type { RuleName } from "@/lib/domain/detections/rule";
import { patternForm } from "@/lib/domain/tag-form";
import { ianaZone } from "@/lib/domain/zones";
import { changeHours } from "@/lib/services/calendar/change-hours";
import { countryOf, publicAddressOf } from "@/lib/services/detections/country-of";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { addPattern } from "@/lib/services/tags/manage-tags";
import { followStored } from "../../support/detecting";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GERMANY = "2a02:8100::1";
const BRAZIL = "200.160.2.3";
const RUSSIA = "5.255.255.5";
let company: TestCompany;
let other: TestCompany;

const logon = (user: string, at: number, more: Partial<SentEvent> = {}): SentEvent => ({
  type: "logon",
  user,
  computer: "PC-1",
  at,
  ...more,
  fields: { LogonType: 2, ...more.fields },
});

async function found(of: TestCompany, rule: RuleName) {
  await followStored();
  const { alerts } = await readAlertsScreen(operatorIn(of), { rule }, null, "");
  return alerts.map(({ account, site, count, severity }) => ({ account, site, count, severity }));
}

const lacksOf = async (of: TestCompany, rule: string) =>
  (await readRulesScreen(operatorIn(of), ianaZone("UTC"), Date.now())).rules.find(
    ({ name }) => name === rule,
  )!.lacks;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [company, other] = await Promise.all([makeCompany("Ruled", 2), makeCompany("Unruled")]);
});

it("a company without a calendar and tags hears nothing of them, and its rules say why", async () => {
  await storeEvents(other, [logon("svc-backup", Date.now())]);
  for (const rule of ["outside-hours", "service-account-at-desk", "administrator-elsewhere"] as const) {
    expect(await found(other, rule)).toEqual([]);
    expect(await lacksOf(other, rule)).not.toEqual([]);
  }
});

it("somebody who works when the company does not is found, once hours are set", async () => {
  // Working hours on the weekday of three days from now alone, so that no clock is within them.
  const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
  const open = days[new Date(Date.now() + 3 * DAY).getUTCDay()]!;
  const fields: Record<string, string> = { timeZone: "UTC" };
  for (const day of days) {
    fields[`${day}From`] = day === open ? "09:00" : "";
    fields[`${day}To`] = day === open ? "10:00" : "";
  }
  await changeHours(
    operatorIn(company),
    hoursForm.parse({ touched: Object.keys(fields).join(" "), ...fields }),
  );
  expect(await lacksOf(company, "outside-hours")).toEqual([]);
  await storeEvents(company, [
    logon("anna", Date.now()),
    logon("backup", Date.now(), { fields: { LogonType: 5 } }),
  ]);
  expect(await found(company, "outside-hours")).toEqual([
    { account: "anna", site: "HO", count: 1, severity: "low" },
  ]);
});

it("service accounts at a desk and administrators elsewhere are found by their tags", async () => {
  const operator = operatorIn(company);
  const add = (tag: string, pattern: string) => addPattern(operator, patternForm.parse({ tag, pattern }));
  await add("service-account", "svc-*");
  await add("administrator", "adm-*");
  expect(await lacksOf(company, "administrator-elsewhere")).toHaveLength(1);
  await add("administrators-computer", "ADM-*");
  expect(await lacksOf(company, "administrator-elsewhere")).toEqual([]);
  const now = Date.now();
  await storeEvents(company, [
    logon("CORP\\SVC-Backup", now, { fields: { LogonType: 10 } }),
    logon("svc-sql", now, { fields: { LogonType: 5 } }),
    logon("adm-anna", now, { computer: "adm-7" }),
    logon("adm-bert", now, { computer: "PC-7" }),
  ]);
  expect((await found(company, "service-account-at-desk")).map(({ account }) => account)).toEqual([
    "CORP\\SVC-Backup",
  ]);
  expect((await found(company, "administrator-elsewhere")).map(({ account }) => account)).toEqual([
    "adm-bert",
  ]);
});

it("the first life at a site that was quiet for a week is found", async () => {
  const now = Date.now();
  await storeEvents(company, [logon("anna", now - 8 * DAY, { site: 1 }), logon("anna", now, { site: 1 })]);
  expect(await found(company, "quiet-site")).toEqual([
    { account: null, site: "Office 2", count: 1, severity: "medium" },
  ]);
});

it("failures at the keyboards of several computers are of several addresses, though Windows names one", async () => {
  const now = Date.now();
  const failures = (names: string[], SourceIP: string, LocalIP: (place: number) => string) =>
    names.map((user, place) => ({
      type: "logon_failed",
      user,
      computer: `DESK-${LocalIP(place)}`,
      at: now - (names.length - place) * 1_000,
      fields: { SourceIP, LocalIP: LocalIP(place), Status: "0xC000006D", SubStatus: "0xC000006A" },
    }));
  const people = ["a", "b", "c", "d", "e"];
  await storeEvents(company, [
    ...failures(people, "127.0.0.1", (place) => `10.9.0.${place + 1}`),
    ...failures(people, "::1", (place) => `10.9.1.${place + 1}`),
  ]);
  expect(await found(company, "password-spray")).toEqual([]);
  await storeEvents(
    company,
    failures(people, "127.0.0.1", () => "10.9.2.1"),
  );
  expect(await found(company, "password-spray")).toMatchObject([{ count: 5 }]);
});

describe("two countries", () => {
  it("are those of the addresses' registries; private addresses have none", () => {
    expect([GERMANY, BRAZIL, RUSSIA].map(countryOf)).toEqual(["DE", "BR", "RU"]);
    expect(publicAddressOf(`::ffff:${BRAZIL}`)).toBe(BRAZIL);
    for (const address of ["10.0.0.1", "192.168.1.1", "fe80::1", "127.0.0.1", "100.64.0.1", "-", "", null]) {
      expect(publicAddressOf(address)).toBeNull();
    }
  });

  it("of one account are found once the company is learned, and none is the company's", async () => {
    const now = Date.now();
    const at = (user: string, PublicIP: string, when: number) => logon(user, when, { fields: { PublicIP } });
    const home = [20, 19, 18, 17].map((day) => at("bert", GERMANY, now - day * DAY));
    await storeEvents(company, [
      ...home,
      at("dora", BRAZIL, now - 19 * DAY),
      at("dora", RUSSIA, now - 19 * DAY + HOUR),
      at("cora", BRAZIL, now - 3 * HOUR),
      at("cora", RUSSIA, now - HOUR),
      at("emil", GERMANY, now - 3 * HOUR),
      at("emil", RUSSIA, now - HOUR),
    ]);
    expect(await found(company, "two-countries")).toEqual([
      { account: "cora", site: "HO", count: 2, severity: "high" },
    ]);
    const [row] = await database().execute<{ compared: object }>(sql`
      select compared from alerts where company_id = ${company.companyId} and rule = 'two-countries'`);
    expect(row!.compared).toEqual({ one: "BR", other: "RU", gap: 120, limit: 240 });
  });
});
