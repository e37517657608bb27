import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { readWithin } from "@/db/scope";
import { exemptionForm, holidayForm, hoursForm } from "@/lib/domain/detections/calendar-form";
import type { CompanyContext } from "@/lib/services/context";
import { changeHours, removeHours } from "@/lib/services/calendar/change-hours";
import { loadCalendar } from "@/lib/services/calendar/load-calendar";
import {
  addExemption,
  addHoliday,
  removeExemption,
  removeHoliday,
} from "@/lib/services/calendar/manage-days";
import { readCalendarScreen } from "@/lib/services/calendar/read-calendar";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { ianaZone } from "@/lib/domain/zones";
import { operatorIn } from "../../support/notifying";
import { contextIn } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

let company: TestCompany;
let admin: CompanyContext;
let member: CompanyContext;
let stranger: CompanyContext;

beforeAll(async () => {
  company = await makeCompany("Calendar", 2);
  stranger = operatorIn(await makeCompany("No calendar"));
  [admin, member] = [await contextIn(company, "CompanyAdmin"), await contextIn(company, "User")];
  const logon = { type: "logon", computer: "PC-1", at: Date.now() };
  await storeEvents(company, [
    { ...logon, user: "anna" },
    { ...logon, user: "bert" },
  ]);
});

const hours = (fields: Record<string, string>) =>
  hoursForm.parse({ touched: Object.keys(fields).join(" "), ...fields });
const load = () => readWithin(company.scope, (tx) => loadCalendar(tx, company.scope, ianaZone("UTC")));

async function auditOf(action: string) {
  const rows = await database().execute<{ target: string; after: Record<string, unknown> | null }>(sql`
    select target_name as target, after from audit_log
    where company_id = ${company.companyId} and action = ${action} order by seq`);
  return [...rows];
}

describe("working hours", () => {
  it("are none at first, and what is saved untouched is what the form showed", async () => {
    expect(await readCalendarScreen(member)).toMatchObject({ company: null, holidays: [], mayManage: false });
    expect(await load()).toMatchObject({ company: null, exemptions: [] });
    await changeHours(admin, hours({}));
    const { company: view } = await readCalendarScreen(admin);
    expect(view).toMatchObject({ graceMinutes: 30, timeZone: null });
    expect(view!.hours[0]).toEqual({ from: 480, to: 1080 });
    expect(view!.hours[6]).toBeNull();
    expect((await auditOf("calendar.update"))[0]).toMatchObject({
      target: company.name,
      after: { monday: "08:00 to 18:00", sunday: "Day off", graceMinutes: 30 },
    });
  });

  it("change field by field, and are refused where half a shift or no day is left", async () => {
    await changeHours(admin, hours({ mondayTo: "20:00" }));
    await changeHours(admin, hours({ fridayFrom: "", fridayTo: "", graceMinutes: "0" }));
    const { company: view } = await readCalendarScreen(admin);
    expect(view).toMatchObject({ graceMinutes: 0 });
    expect([view!.hours[0], view!.hours[4]]).toEqual([{ from: 480, to: 1200 }, null]);
    await expect(changeHours(admin, hours({ sundayFrom: "10:00" }))).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "sundayTo" }],
    });
    const none = ["monday", "tuesday", "wednesday", "thursday"].flatMap((day) => [
      [`${day}From`, ""],
      [`${day}To`, ""],
    ]);
    await expect(changeHours(admin, hours(Object.fromEntries(none)))).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("of a site begin with the company's, have a zone of their own and end when they are removed", async () => {
    const siteId = String(company.siteIds[1]);
    const place = (fields: Record<string, string>) => ({ ...hours(fields), siteId: Number(siteId) });
    await changeHours(admin, place({ saturdayFrom: "22:00", saturdayTo: "06:00", timeZone: "Asia/Tokyo" }));
    const loaded = await load();
    const own = loaded.sites.get(company.siteIds[1]!)!;
    expect(own).toMatchObject({ zone: "Asia/Tokyo", graceMinutes: 0 });
    expect([own.hours[0], own.hours[5]]).toEqual([
      { from: 480, to: 1200 },
      { from: 1320, to: 360 },
    ]);
    await removeHours(admin, { siteId: Number(siteId) });
    expect((await load()).sites.size).toBe(0);
    await expect(removeHours(admin, { siteId: Number(siteId) })).rejects.toMatchObject({ code: "not_found" });
    expect((await auditOf("calendar.delete")).map(({ target }) => target)).toEqual(["Office 2"]);
  });

  it("are changed by administrators, at the company's own sites", async () => {
    await expect(changeHours(member, hours({}))).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeHours(member, { siteId: null })).rejects.toMatchObject({ code: "forbidden" });
    const foreign = { ...hours({}), siteId: company.siteIds[0]! };
    await expect(changeHours(stranger, foreign)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("holidays", () => {
  it("hold for every site or one, also one without hours of its own", async () => {
    const day = (name: string, firstDay: string, siteId = "") =>
      holidayForm.parse({ name, firstDay, siteId });
    await addHoliday(admin, holidayForm.parse({ name: "New Year", firstDay: "2026-01-01", isYearly: "on" }));
    const { holidayId } = await addHoliday(admin, day("Fair", "2026-06-01", String(company.siteIds[1])));
    const loaded = await load();
    expect(loaded.company!.holidays).toMatchObject([{ firstDay: "2026-01-01", isYearly: true }]);
    expect(loaded.sites.get(company.siteIds[1]!)!.holidays).toHaveLength(2);
    const { holidays } = await readCalendarScreen(member);
    expect(holidays.map(({ name, site }) => [name, site])).toEqual([
      ["New Year", null],
      ["Fair", "Office 2"],
    ]);
    await expect(addHoliday(member, day("x", "2026-01-02"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeHoliday(member, { holidayId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeHoliday(stranger, { holidayId })).rejects.toMatchObject({ code: "not_found" });
    await removeHoliday(admin, { holidayId });
    expect((await readCalendarScreen(admin)).holidays).toHaveLength(1);
    expect((await auditOf("holiday.delete"))[0]).toMatchObject({ target: "Fair" });
  });
});

describe("exemptions", () => {
  const form = (account: string, until = "") => exemptionForm.parse({ account, reason: "On call", until });

  it("are of an account that there is, up to the end of a day to come", async () => {
    await expect(addExemption(admin, form("nobody"))).rejects.toMatchObject({
      fields: [{ field: "account" }],
    });
    await expect(addExemption(admin, form("anna", "2020-01-01"))).rejects.toMatchObject({
      fields: [{ field: "until" }],
    });
    await expect(addExemption(member, form("anna"))).rejects.toMatchObject({ code: "forbidden" });
    await addExemption(admin, form("ANNA", "2099-12-31"));
    const { exemptionId } = await addExemption(admin, form("bert"));
    expect((await load()).exemptions.map(({ endsAt }) => endsAt)).toEqual([expect.any(Number), null]);
    await expect(removeExemption(member, { exemptionId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeExemption(stranger, { exemptionId })).rejects.toMatchObject({ code: "not_found" });
    await removeExemption(admin, { exemptionId });
    expect((await readCalendarScreen(member)).exemptions).toMatchObject([
      { account: "anna", reason: "On call", lastDay: "2099-12-31" },
    ]);
  });

  it("are part of a person's export, and go with an erasure", async () => {
    const { accountId } = (await readCalendarScreen(admin)).exemptions[0]!;
    const { text } = await exportAccount(admin, { account: accountId, format: "json" });
    let whole = "";
    for await (const piece of text) whole += piece;
    expect(JSON.parse(whole)).toMatchObject({ calendarExemptions: [{ reason: "On call" }] });
    await eraseAccount(admin, { accountId, confirmedName: "anna" });
    expect((await readCalendarScreen(admin)).exemptions).toEqual([]);
  });
});
