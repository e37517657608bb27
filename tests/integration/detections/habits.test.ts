import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { habitsForm } from "@/lib/domain/detections/rule-form";
import { ianaZone } from "@/lib/domain/zones";
import type { CompanyContext } from "@/lib/services/context";
import { changeHabits } from "@/lib/services/detections/change-habits";
import { followCompany } from "@/lib/services/detections/follow-company";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { readPrivacyNotice } from "@/lib/services/privacy/privacy-text";
import { breakOff, followStored, followStoredOf, settleStored } from "../../support/detecting";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextIn } from "../../support/people";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();
const ZONE = ianaZone("Europe/London");

beforeAll(() => database().transaction(ensureSettings));

/** Sessions of a few people over 40 days up to now, with an absence, a visit and a shutdown. */
function history(): SentEvent[] {
  const event = (type: string, user: string, computer: string, at: number): SentEvent => ({
    type,
    user,
    computer,
    at,
  });
  const days = Array.from({ length: 40 }, (_, number) => NOW - (41 - number) * DAY);
  return days.flatMap((day, place) => [
    event("logon", "anna", "PC-1", day),
    ...(place % 4 === 0 ? [event("logon", "anna", "PC-2", day + HOUR)] : []),
    ...(place === 0 ? [event("logon", "dora", "PC-4", day)] : []),
    event("unlock", "anna", "PC-1", day + 4 * HOUR),
    event("logoff", "anna", "PC-1", day + 8 * HOUR),
    event("logon", "bert", "PC-3", day),
    event("shutdown", "bert", "PC-3", day + 6 * HOUR),
  ]);
}

const memoriesOf = async ({ companyId }: TestCompany) => {
  const rows = await database().execute<{ key: string; memory: Record<string, unknown> }>(sql`
    select subject_key as key, memory from detection_states
    where company_id = ${companyId} and rule = 'habits' order by subject_key`);
  return Object.fromEntries(rows.map(({ key, memory }) => [key, memory]));
};
const alertsOf = async (company: TestCompany) =>
  (await readAlertsScreen(operatorIn(company), {}, null, "")).alerts.map(({ rule, account }) => [
    rule,
    account,
  ]);
const switched = (context: CompanyContext, isOn: boolean) =>
  changeHabits(context, habitsForm.parse({ touched: "learnsHabits", ...(isOn && { learnsHabits: "on" }) }));

describe("habits", () => {
  it("are learned from what was stored before the rules came, as if they had been there", async () => {
    const [live, late] = [await makeCompany("Live"), await makeCompany("Late")];
    for (const day of [history().slice(0, 100), history().slice(100)]) {
      await storeEvents(live, day);
      await followStoredOf(live, 70);
    }
    await storeEvents(late, history());
    await settleStored();
    // As the update finds it: everything so far is behind the cursor, and nothing was learned.
    await database().execute(sql`
      update detection_cursors set through_id = target_id where company_id = ${late.companyId}`);
    const visit: SentEvent = { type: "logon", user: "bert", computer: "PC-1", at: NOW };
    for (const company of [live, late]) {
      await storeEvents(company, [visit]);
      await followStoredOf(company);
    }
    for (const company of [live, late]) {
      expect((await alertsOf(company)).toSorted()).toEqual([
        ["first-time-on-computer", "bert"],
        ["new-on-personal-computer", "bert"],
      ]);
    }
  });

  it("learned again are those learned live, to the letter, with kills between", async () => {
    const company = await makeCompany("Relearned");
    const admin = operatorIn(company);
    await storeEvents(company, history());
    await followStoredOf(company, 50);
    const learned = await memoriesOf(company);
    expect(Object.keys(learned).length).toBe(8);
    await switched(admin, false);
    const left = await memoriesOf(company);
    expect(Object.keys(left).every((key) => key.startsWith("account:"))).toBe(true);
    expect(Object.values(left).map((memory) => Object.keys(memory))).toEqual([["last"], ["last"], ["last"]]);
    await switched(admin, true);
    await storeEvents(company, [{ type: "other thing", user: "anna", computer: "PC-1", at: NOW }]);
    await settleStored();
    expect(await breakOff("detection_states", () => followCompany(company.companyId))).toBe(1);
    await followStoredOf(company);
    expect(await memoriesOf(company)).toEqual(learned);
  });

  it("of two companies at once are apart, with the same names", async () => {
    const [old, fresh] = [await makeCompany("Old"), await makeCompany("Fresh")];
    await storeEvents(old, history());
    await storeEvents(fresh, history().slice(-30));
    const visit: SentEvent = { type: "logon", user: "bert", computer: "PC-1", at: NOW };
    for (const company of [old, fresh]) await storeEvents(company, [visit]);
    await followStored();
    expect((await alertsOf(old)).map(([rule]) => rule).toSorted()).toEqual([
      "first-time-on-computer",
      "new-on-personal-computer",
    ]);
    expect(await alertsOf(fresh)).toEqual([]);
  });

  it("begin anew for whoever goes on under the name of an erased account", async () => {
    const company = await makeCompany("Anew");
    const admin = operatorIn(company);
    await storeEvents(company, history());
    await followStoredOf(company);
    const [bert] = await database().execute<{ id: number }>(sql`
      select id from accounts where company_id = ${company.companyId} and name = 'bert'`);
    await eraseAccount(admin, { accountId: bert!.id, confirmedName: "bert" });
    await storeEvents(company, [{ type: "logon", user: "bert", computer: "PC-7", at: NOW }]);
    await followStoredOf(company);
    // A stranger now: on a new computer, but with no habit that this breaks.
    expect(await alertsOf(company)).toEqual([]);
  });

  it("remember the last use of accounts that were away for longer than habits go back", async () => {
    const company = await makeCompany("Away");
    await storeEvents(company, [{ type: "logon", user: "emil", computer: "PC-9", at: NOW - 200 * DAY }]);
    await settleStored();
    await database().execute(sql`
      update detection_cursors set through_id = target_id where company_id = ${company.companyId}`);
    await storeEvents(company, [{ type: "logon", user: "emil", computer: "PC-9", at: NOW }]);
    await followStoredOf(company);
    const { alerts } = await readAlertsScreen(operatorIn(company), {}, null, "");
    expect(alerts).toMatchObject([{ rule: "dormant-account", account: "emil", compared: { days: 200 } }]);
  });

  it("are switched by administrators alone, audited, and say nothing when they are off", async () => {
    const company = await makeCompany("Switched");
    const [admin, member] = [await contextIn(company, "CompanyAdmin"), await contextIn(company, "User")];
    await expect(switched(member, false)).rejects.toMatchObject({ code: "forbidden" });
    await switched(admin, false);
    await switched(admin, false);
    const audit = await database().execute(sql`
      select from audit_log where company_id = ${company.companyId} and action = 'rule.habits'`);
    expect(audit.length).toBe(1);
    await storeEvents(company, history());
    await storeEvents(company, [{ type: "logon", user: "bert", computer: "PC-1", at: NOW }]);
    await followStoredOf(company);
    expect(await alertsOf(company)).toEqual([]);
    const { habits } = await readRulesScreen(member, ZONE, NOW);
    expect(habits).toEqual({ isOn: false, learnUntil: NOW - 27 * DAY });
    expect((await readPrivacyNotice(company.scope)).learnsHabits).toBe(false);
  });

  it("of a new company end their learning two weeks after its first event", async () => {
    const company = await makeCompany("New");
    const screen = () => readRulesScreen(operatorIn(company), ZONE, NOW);
    expect((await screen()).habits).toEqual({ isOn: true, learnUntil: null });
    await storeEvents(company, [{ type: "logon", user: "anna", computer: "PC-1", at: NOW - DAY }]);
    await followStoredOf(company);
    expect((await screen()).habits.learnUntil).toBe(NOW + 13 * DAY);
  });

  it("are part of a person's export, and gone after the erasure", async () => {
    const company = await makeCompany("Erased");
    const admin = operatorIn(company);
    await storeEvents(company, history());
    await followStoredOf(company);
    const [anna] = await database().execute<{ id: number }>(sql`
      select id from accounts where company_id = ${company.companyId} and name = 'anna'`);
    const { text } = await exportAccount(admin, { account: anna!.id, format: "json" });
    let whole = "";
    for await (const piece of text) whole += piece;
    const held = (JSON.parse(whole) as { ruleMemories: { rule: string; computer: string | null }[] })
      .ruleMemories;
    const habits = held.filter(({ rule }) => rule === "habits").map(({ computer }) => computer);
    expect(habits.toSorted()).toEqual(["PC-1", "PC-2", null]);
    await eraseAccount(admin, { accountId: anna!.id, confirmedName: "anna" });
    const left = JSON.stringify(await memoriesOf(company));
    expect(left).not.toContain(`"account:${anna!.id}"`);
    expect(left).not.toContain(`"${anna!.id}":`);
  });
});
