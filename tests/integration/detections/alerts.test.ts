import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readWithin } from "@/db/scope";
import { alertAssignForm, alertStateForm, exceptionForm } from "@/lib/domain/detections/alert-form";
import { boundsText } from "@/lib/domain/detections/rule-values";
import { findRule, RULES } from "@/lib/domain/detections/rules";
import { ruleForm } from "@/lib/domain/detections/rule-form";
import { ianaZone } from "@/lib/domain/zones";
import { inEnglish } from "@/lib/english";
import { narrowToCompanies, readAccess } from "@/lib/services/access/read-access";
import type { CompanyContext } from "@/lib/services/context";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { commentAlert, setAlertState } from "@/lib/services/detections/change-alerts";
import { changeRule } from "@/lib/services/detections/change-rule";
import { addException, removeException } from "@/lib/services/detections/manage-exceptions";
import { readAlert } from "@/lib/services/detections/read-alert";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import type { Mount } from "../../support/agent-mounts";
import { followStored } from "../../support/detecting";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextIn, contextOf, makeUser } from "../../support/people";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;
const ZONE = ianaZone("Europe/London");
let company: TestCompany;
let other: TestCompany;
let admin: CompanyContext;
let member: CompanyContext;
let api: Mount;
let key: string;

function guesses(user: string, count = 6) {
  return Array.from({ length: count }, (_, number) => ({
    type: "logon_failed",
    user,
    computer: "PC-1",
    at: Date.now() - (count - number) * 1_000,
    fields: { SourceIP: "10.0.3.7", Status: "0xC000006D", SubStatus: "0xC000006A" },
  }));
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [company, other] = await Promise.all([makeCompany("Alerted"), makeCompany("Unalerted")]);
  [admin, member] = [await contextIn(company, "CompanyAdmin"), await contextIn(company, "User")];
  key = await makeKey(company, { scopes: ["read"] });
  api = await openReadApi();
  await storeEvents(company, [...guesses("anna"), ...guesses("bert", 5)]);
  await storeEvents(other, guesses("cora"));
  await followStored();
});
afterAll(() => api.close());

const listed = async (query = {}, context = admin) =>
  (await readAlertsScreen(context, query, null, "")).alerts;
const alertOf = async (account: string) => (await listed()).find((alert) => alert.account === account)!;
const rowsOf = async (address: string) => {
  const answer = await fetch(`${api.url}/api/v1/${address}`, { headers: { "X-API-Key": key } });
  return ((await answer.json()) as { rows: Record<string, unknown>[] }).rows;
};

describe("alerts", () => {
  it("are the company's alone, filtered and with their evidence", async () => {
    expect((await listed()).map(({ account, count }) => [account, count])).toEqual([
      ["bert", 5],
      ["anna", 6],
    ]);
    expect(await listed({ subject: "ANN" })).toHaveLength(1);
    expect(await listed({ severity: "low" })).toEqual([]);
    const [ho, elsewhere] = [company.siteIds[0]!, other.siteIds[0]!];
    const { found, alerts: ofSite, sites } = await readAlertsScreen(admin, { site: ho }, null, "");
    expect([found, ofSite.length]).toEqual([{ total: 2, isCapped: false }, 2]);
    expect(sites.map(({ id }) => id)).toEqual(company.siteIds);
    expect(await listed({ site: elsewhere })).toEqual([]);
    const { accountId, computerId } = await alertOf("anna");
    const held = await readAlertsScreen(admin, { account: accountId!, computer: computerId! }, null, "");
    expect(held).toMatchObject({ accountName: "anna", computerName: "PC-1", alerts: [{ account: "anna" }] });
    const ofNone = await readAlertsScreen(admin, { account: 999_999 }, null, "");
    expect(ofNone).toMatchObject({ accountName: null, computerName: null, alerts: [] });
    const { alert, events, computers, mayManage } = await readAlert(member, (await alertOf("anna")).id);
    expect(events.map(({ id }) => id)).toEqual(alert.eventIds);
    expect(computers).toEqual([{ id: computerId, name: "PC-1" }]);
    expect(mayManage).toBe(false);
    const stranger = operatorIn(other);
    await expect(readAlert(stranger, alert.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("are read by a key, with the ids of the events as a list, and in a file", async () => {
    const [bert, anna] = await rowsOf("alerts");
    expect(anna).toMatchObject({
      rule: "password-guessing",
      subject: "anna",
      count: 6,
      threshold: 5,
      state: "open",
    });
    expect(anna!.events).toEqual((await alertOf("anna")).eventIds);
    expect(bert!.firstAt).toMatch(/^20.*Z$/);
    expect(await rowsOf("alerts?rule=password-spray")).toEqual([]);
    expect(await rowsOf("alerts?from=2020-01-01&to=2020-01-02")).toEqual([]);
    const file = await fetch(`${api.url}/api/v1/alerts?format=csv`, { headers: { "X-API-Key": key } });
    const lines = await file.text();
    expect(lines).toContain("6 failed logons for anna from 10.0.3.7 on PC-1");
    expect(lines).toContain(",Password guessing,anna,6,5,");
    expect(lines).not.toContain("password-guessing");
    expect(await rowsOf("rules")).toHaveLength(RULES.length);
  });

  it("of several companies are in one list, to deal with where the reader may", async () => {
    const person = await makeUser("User", [
      { companyId: company.companyId, role: "CompanyAdmin" },
      { companyId: other.companyId, role: "User" },
    ]);
    const { scope } = (await readAccess(person.id))!;
    const context = { ...(await contextOf(person)), scope };
    const all = await readAlertsScreen(context, {}, null, "");
    expect(all.alerts.map(({ account, companyName }) => [account, companyName]).toSorted()).toEqual([
      ["anna", company.name],
      ["bert", company.name],
      ["cora", other.name],
    ]);
    expect(all).toMatchObject({ managed: [company.companyId], assignees: [person.username] });
    const ofOther = narrowToCompanies(scope, [other.companyId]);
    const held = await readAlertsScreen({ ...context, scope: ofOther }, {}, null, "");
    expect(held).toMatchObject({ alerts: [{ account: "cora" }], managed: [], assignees: [] });
    const stranger = { ...admin, scope };
    await expect(readAlertsScreen(stranger, {}, null, "")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("are told once, by the kind that subscriptions know", async () => {
    await followStored();
    expect((await toldIn(company.companyId)).map(({ kind }) => kind)).toEqual(["logon.burst", "logon.burst"]);
  });

  it("change their state, several at once, with a comment and an audit row each", async () => {
    const ids = (await listed()).map(({ id }) => id);
    const form = alertStateForm.parse({ alertId: ids.map(String), state: "acknowledged", comment: "On it" });
    await expect(setAlertState(member, form)).rejects.toMatchObject({ code: "forbidden" });
    await expect(setAlertState(operatorIn(other), form)).rejects.toMatchObject({ code: "not_found" });
    expect(await setAlertState(admin, form)).toEqual({ count: 2 });
    expect(await setAlertState(admin, form)).toEqual({ count: 0 });
    await commentAlert(admin, { alertId: ids[0]!, comment: "Called her" });
    const { history, alert } = await readAlert(admin, ids[0]!);
    expect(alert.state).toBe("acknowledged");
    expect(history.map(({ state, comment }) => [state, comment])).toEqual([
      ["acknowledged", "On it"],
      [null, "On it"],
      [null, "Called her"],
    ]);
    const audit = await database().execute(sql`
      select from audit_log where company_id = ${company.companyId} and action = 'alert.change'`);
    expect(audit.length).toBe(5);
  });

  it("that go on grow and keep the state that people gave them", async () => {
    await storeEvents(company, guesses("anna", 2));
    await followStored();
    expect(await alertOf("anna")).toMatchObject({ count: 8, state: "acknowledged" });
  });
});

describe("an exception", () => {
  it("closes its alert, holds what comes after it down until it is removed, and needs a day to come", async () => {
    const { id: alertId } = await alertOf("bert");
    const form = (until: string) =>
      exceptionForm.parse({ alertId: String(alertId), reason: "Test rig", until });
    await expect(addException(member, form(""))).rejects.toMatchObject({ code: "forbidden" });
    await expect(addException(admin, form("2020-01-01"))).rejects.toMatchObject({ code: "invalid" });
    expect(exceptionForm.safeParse({ alertId: "1", reason: " " }).success).toBe(false);
    const { exceptionId } = await addException(admin, form("2099-12-31"));
    expect((await alertOf("bert")).state).toBe("closed-expected");
    await storeEvents(company, guesses("bert", 3));
    await followStored();
    expect((await alertOf("bert")).count).toBe(5);
    const { exceptions } = await readRulesScreen(member, ZONE, Date.now());
    expect(exceptions).toMatchObject([
      {
        subject: "bert",
        href: expect.stringMatching(new RegExp(`^/${company.companyId}/accounts/[1-9]\\d*$`)),
        reason: "Test rig",
        lastDay: "2099-12-31",
        rule: { key: "ruleTitles.passwordGuessing" },
      },
    ]);
    await expect(removeException(operatorIn(other), { exceptionId })).rejects.toMatchObject({
      code: "not_found",
    });
    await removeException(admin, { exceptionId });
    await storeEvents(company, guesses("bert", 1));
    await followStored();
    expect((await alertOf("bert")).count).toBe(6);
  });
});

describe("a rule", () => {
  it("is tuned within its bounds by administrators, for events from then on", async () => {
    const change = (fields: Record<string, string>) =>
      ruleForm.parse({ rule: "lockouts-in-a-row", touched: Object.keys(fields).join(" "), ...fields });
    await expect(changeRule(member, change({ threshold: "2" }))).rejects.toMatchObject({ code: "forbidden" });
    for (const threshold of ["1", "-5", "2.5", "many", ""]) {
      await expect(changeRule(admin, change({ threshold }))).rejects.toMatchObject({
        code: "invalid",
        fields: [
          {
            field: "threshold",
            message: inEnglish(boundsText(findRule("lockouts-in-a-row")!.parameters[0]!)),
          },
        ],
      });
    }
    await changeRule(admin, change({ threshold: "2" }));
    const lockouts = [1, 2].map((minute) => ({
      type: "lockout",
      user: "dora",
      computer: "DC-1",
      at: Date.now() - minute * MINUTE,
    }));
    await storeEvents(company, lockouts);
    await followStored();
    expect(await listed({ rule: "lockouts-in-a-row" })).toMatchObject([{ account: "dora", threshold: 2 }]);
    await changeRule(admin, ruleForm.parse({ rule: "lockouts-in-a-row", touched: "isOn" }));
    const { rules } = await readRulesScreen(member, ZONE, Date.now());
    expect(rules.find(({ name }) => name === "lockouts-in-a-row")).toMatchObject({
      isOn: false,
      values: { threshold: 2, minutes: 1_440 },
      missing: [],
    });
    expect(rules.find(({ name }) => name === "password-guessing")!.alertsByDay.at(-1)).toBeGreaterThan(0);
    expect(rules.find(({ name }) => name === "password-guessed")!.missing).toEqual(["logon"]);
    expect((await toldIn(company.companyId)).map(({ kind }) => kind)).toContain("alert.medium");
  });
});

it("says once that nothing came, instead of at each rule what it misses", async () => {
  const empty = await makeCompany("Empty");
  const { rules, isWithoutEvents } = await readRulesScreen(operatorIn(empty), ZONE, Date.now());
  expect(isWithoutEvents).toBe(true);
  expect(rules.flatMap(({ missing }) => missing)).toEqual([]);
  await storeEvents(empty, [{ type: "Logon", user: "anna", computer: "PC-1", at: Date.now() }]);
  const later = await readRulesScreen(operatorIn(empty), ZONE, Date.now());
  expect(later.isWithoutEvents).toBe(false);
  expect(later.rules.find(({ name }) => name === "lockouts-in-a-row")!.missing).toEqual(["lockout"]);
});

describe("a person", () => {
  it("has the alerts and memories in the export, and no name in them after the erasure", async () => {
    const { id, accountId } = await alertOf("anna");
    const { text } = await exportAccount(admin, { account: accountId!, format: "json" });
    let whole = "";
    for await (const piece of text) whole += piece;
    const held = JSON.parse(whole) as { alerts: { rule: string }[]; ruleMemories: { rule: string }[] };
    expect(held.alerts).toMatchObject([{ rule: "password-guessing", count: 8 }]);
    expect(held.ruleMemories.map(({ rule }) => rule)).toContain("password-guessing");
    await eraseAccount(admin, { accountId: accountId!, confirmedName: "anna" });
    expect((await readAlert(admin, id)).alert.account).toMatch(/^Erased account/);
    const left = await database().execute(sql`
      select from detection_states where company_id = ${company.companyId} and subject_key = ${`account:${accountId}`}`);
    expect(left.length).toBe(0);
  });
});

describe("an alert", () => {
  it.each([
    ["GlobalAdmin", null],
    ["GlobalAdmin", "User"],
    ["Admin", "User"],
    ["User", "CompanyAdmin"],
  ])("names the %s with the membership %s who deals with it", async (globalRole, role) => {
    const { companyId } = company;
    const person = await makeUser(globalRole, role === null ? [] : [{ companyId, role }]);
    const theirs = { ...(await contextOf(person)), scope: company.scope };
    const account = `${globalRole}-${String(role)}`.toLowerCase();
    await storeEvents(company, guesses(account));
    await followStored();
    const { id } = await alertOf(account);
    const assign = (by: CompanyContext, assignee: string) =>
      assignAlerts(by, alertAssignForm.parse({ alertId: String(id), assignee }));
    await assign(theirs, person.username);
    for (const reader of [theirs, admin, member]) {
      const { alert, history } = await readAlert(reader, id);
      expect([alert.assignee, history.map(({ user }) => user)]).toEqual([person.username, [person.username]]);
      expect((await listed({ assignee: person.username }, reader)).map((one) => one.id)).toEqual([id]);
    }
    await assign(admin, "");
    const { alert, history } = await readAlert(admin, id);
    const by = admin.audit.actorName;
    expect([alert.assignee, history.map(({ user }) => user)]).toEqual([null, [person.username, by]]);
    const rows = await database().execute<{ before: unknown }>(sql`
      select before from audit_log where company_id = ${companyId} and target_type = 'alert'
        and target_id = ${String(id)} and before is not null order by seq`);
    expect(rows.map(({ before }) => before)).toEqual([{ assignee: null }, { assignee: person.username }]);
  });

  it("tells another company nothing of who deals with it", async () => {
    const person = await makeUser("GlobalAdmin");
    const { id } = (await listed())[0]!;
    const theirs = { ...(await contextOf(person)), scope: company.scope };
    await assignAlerts(theirs, alertAssignForm.parse({ alertId: String(id), assignee: person.username }));
    const seenIn = ({ scope }: TestCompany) =>
      readWithin(scope, async (tx) => [
        ...(await tx.execute(sql`select username from app_auth_users where id = ${person.id}`)),
      ]);
    expect([await seenIn(company), await seenIn(other)]).toEqual([[{ username: person.username }], []]);
  });
});
