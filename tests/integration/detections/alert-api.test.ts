import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { doPortalPart } from "@/db/portal-part";
import { ensureSettings } from "@/db/queries/global/first-start";
import { writeWithin } from "@/db/scope";
import { alertAssignForm } from "@/lib/domain/detections/alert-form";
import type { CompanyContext } from "@/lib/services/context";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { exportRules } from "@/lib/services/detections/export-rules";
import { importRules, previewRules } from "@/lib/services/detections/import-rules";
import { patchAlert } from "@/lib/services/detections/patch-alert";
import { readAlert } from "@/lib/services/detections/read-alert";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { readRulesScreen } from "@/lib/services/detections/read-rules";
import { ianaZone } from "@/lib/domain/zones";
import type { Mount } from "../../support/agent-mounts";
import { followStored, storeGuesses } from "../../support/detecting";
import { provideMail, setMailEnv } from "../../support/mailing";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser, type Person } from "../../support/people";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
provideMail();

let company: TestCompany;
let other: TestCompany;
let people: Record<"admin" | "boss" | "user", Person>;
let admin: CompanyContext;
let user: CompanyContext;
let api: Mount;
let keys: Record<"manage" | "read" | "foreign", string>;
let alertId: number;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [company, other] = await Promise.all([makeCompany("Managed"), makeCompany("Foreign")]);
  const { companyId, scope } = company;
  people = {
    admin: await makeUser("User", [{ companyId, role: "CompanyAdmin" }]),
    boss: await makeUser("Admin", [{ companyId, role: "User" }]),
    user: await makeUser("User", [{ companyId, role: "User" }]),
  };
  await makeUser("User", [{ companyId: other.companyId, role: "CompanyAdmin" }]);
  admin = { ...(await contextOf(people.admin)), scope };
  user = { ...(await contextOf(people.user)), scope };
  keys = {
    manage: await makeKey(company, { scopes: ["manage"] }),
    read: await makeKey(company, { scopes: ["read"] }),
    foreign: await makeKey(other, { scopes: ["manage", "read"] }),
  };
  api = await openReadApi();
  await storeGuesses(company, "anna", "bert");
  await followStored();
  alertId = (await readAlertsScreen(admin, {}, null, "")).alerts.find(
    ({ account }) => account === "anna",
  )!.id;
});
afterAll(() => api.close());

interface Answer {
  status: number;
  body: Record<string, unknown> & {
    alert?: Record<string, unknown> & { history: Record<string, unknown>[] };
  };
}

async function ask(
  method: string,
  key: string,
  body?: unknown,
  id: number | string = alertId,
): Promise<Answer> {
  const answer = await fetch(`${api.url}/api/v1/alerts/${id}`, {
    method,
    headers: { "X-API-Key": key },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer["body"] };
}

const auditRows = () =>
  database().execute<{ actor: string; after: Record<string, unknown> }>(sql`
    select actor_name as actor, after from audit_log
    where company_id = ${company.companyId} and action = 'alert.change' order by seq`);

describe("assigning alerts", () => {
  const form = (assignee: string) => alertAssignForm.parse({ alertId: String(alertId), assignee });

  it("is to members who may deal with them, and for those alone", async () => {
    const { assignees, me } = await readAlert(admin, alertId);
    expect(assignees.toSorted()).toEqual([people.admin.username, people.boss.username].toSorted());
    expect(me).toBe(people.admin.username);
    expect((await readAlert(user, alertId)).assignees).toEqual([]);
    await expect(assignAlerts(user, form(people.admin.username))).rejects.toMatchObject({
      code: "forbidden",
    });
    for (const name of [people.user.username, "nobody.there"]) {
      await expect(assignAlerts(admin, form(name))).rejects.toMatchObject({
        code: "invalid",
        fields: [{ field: "assignee" }],
      });
    }
    await expect(assignAlerts(operatorIn(other), form(""))).rejects.toMatchObject({ code: "not_found" });
  });

  it("is in the history and the audit trail, found by its filter, and ends with nobody", async () => {
    const name = people.boss.username;
    expect(await assignAlerts(admin, form(name.toUpperCase()))).toEqual({ count: 1 });
    expect(await assignAlerts(admin, form(name))).toEqual({ count: 0 });
    const { alert, history } = await readAlert(user, alertId);
    expect(alert.assignee).toBe(name);
    expect(history).toMatchObject([{ user: people.admin.username, assignedTo: name, state: null }]);
    const mine = await readAlertsScreen(admin, { assignee: name }, null, "");
    expect(mine.alerts.map(({ id }) => id)).toEqual([alertId]);
    expect((await readAlertsScreen(admin, { assignee: "else" }, null, "")).alerts).toEqual([]);
    await assignAlerts(admin, form(""));
    expect((await readAlert(user, alertId)).alert.assignee).toBeNull();
    expect((await auditRows()).map(({ after }) => after)).toEqual([{ assignee: name }, { assignee: null }]);
  });
});

describe("the assignee", () => {
  const mailsTo = ({ id }: Person) =>
    database().execute<{ kind: string; params: { count: number; path: string; by: string } }>(sql`
      select kind, params from mail_messages where user_id = ${id} order by id`);
  const assign = (context: CompanyContext, assignee: string, ids = [alertId]) =>
    assignAlerts(context, alertAssignForm.parse({ alertId: ids.map(String), assignee }));

  it("is told by mail of what somebody else assigns, once, with the way to it", async () => {
    const before = (await mailsTo(people.boss)).length;
    const all = (await readAlertsScreen(admin, {}, null, "")).alerts.map(({ id }) => id);
    await assign(admin, people.boss.username);
    await assign(admin, people.boss.username);
    await assign(admin, people.admin.username);
    await assign(admin, people.boss.username, all);
    const told = [...(await mailsTo(people.boss))]
      .slice(before)
      .map(({ kind, params }) => [kind, params.count, params.path]);
    const { companyId } = company;
    expect(told).toEqual([
      ["alert-assigned", 1, `/${companyId}/alerts/${alertId}`],
      ["alert-assigned", 2, `/${companyId}/alerts`],
    ]);
    expect([...(await mailsTo(people.admin))]).toEqual([]);
    const { SMTP_URL, MAIL_FROM } = process.env;
    setMailEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
    await assign(admin, "", all);
    await assign(admin, people.boss.username, all);
    setMailEnv({ SMTP_URL, MAIL_FROM });
    expect((await mailsTo(people.boss)).length).toBe(before + 2);
    await assign(admin, "", all);
  });

  it("is told of exactly what is assigned: where the mail can't be kept, nothing is", async () => {
    await database().execute(sql`alter table mail_messages add constraint no_mail check (false) not valid`);
    try {
      await expect(assign(admin, people.boss.username)).rejects.toThrow(/mail_messages/);
      const patched = patchAlert(admin, alertId, { state: "closed-true", assignee: people.boss.username });
      await expect(patched).rejects.toThrow(/mail_messages/);
    } finally {
      await database().execute(sql`alter table mail_messages drop constraint no_mail`);
    }
    expect((await readAlert(admin, alertId)).alert).toMatchObject({ assignee: null, state: "open" });
  });
});

describe("the portal's part of a company's transaction", () => {
  it("ends with it behind the wall again", async () => {
    const seen = await writeWithin(company.scope, async (tx) => {
      const companies = async () => {
        const rows = await tx.execute<{ id: number }>(sql`select id from app_auth_companies`);
        return rows.map(({ id }) => id);
      };
      const within = await doPortalPart(tx, company.scope, companies);
      return { within: within.includes(other.companyId), afterwards: await companies() };
    });
    expect(seen).toEqual({ within: true, afterwards: [company.companyId] });
  });
});

describe("an alert over the API", () => {
  it("is read by a key of scope read with all that the list tells and what was done", async () => {
    const { status, body } = await ask("GET", keys.read);
    expect(status).toBe(200);
    expect(body.company).toEqual({ id: company.companyId, name: company.name });
    expect(body.alert).toMatchObject({
      id: alertId,
      rule: "password-guessing",
      subject: "anna",
      state: "open",
      count: 5,
      assignee: null,
    });
    expect(body.alert!.events).toHaveLength(5);
    expect(body.alert!.history.length).toBeGreaterThan(2);
    expect((await ask("GET", keys.manage)).status).toBe(403);
    expect((await ask("GET", keys.foreign)).status).toBe(404);
    expect((await ask("GET", keys.read, undefined, "x")).status).toBe(404);
  });

  it("is changed by a key of scope manage, which history and audit trail name", async () => {
    const change = { state: "acknowledged", comment: "Ticket 7", assignee: people.admin.username };
    expect((await ask("PATCH", keys.read, change)).status).toBe(403);
    expect((await ask("PATCH", keys.foreign, change)).status).toBe(404);
    const { status, body } = await ask("PATCH", keys.manage, change);
    expect(status).toBe(200);
    expect(body.alert).toMatchObject({ state: "acknowledged", assignee: people.admin.username });
    const { history } = await readAlert(admin, alertId);
    expect(history.slice(-2)).toMatchObject([
      {
        user: expect.stringMatching(/^API key \d+$/),
        state: "acknowledged",
        comment: "Ticket 7",
        assignedTo: null,
      },
      {
        user: expect.stringMatching(/^API key \d+$/),
        state: null,
        comment: "",
        assignedTo: people.admin.username,
      },
    ]);
    const rows = (await auditRows()).slice(-2);
    expect(rows.map(({ actor }) => /^API key \d+$/.test(actor))).toEqual([true, true]);
    expect(rows.map(({ after }) => after)).toEqual([
      { state: "acknowledged", comment: "Ticket 7" },
      { assignee: people.admin.username },
    ]);
  });

  it("keeps what the body does not name, and all of it when a part is wrong", async () => {
    await ask("PATCH", keys.manage, { comment: " A note\r\n4625\tPC-1\n" });
    expect((await readAlert(admin, alertId)).history.at(-1)).toMatchObject({
      state: null,
      comment: "A note\n4625\tPC-1",
    });
    for (const [body, field] of [
      [{}, "body"],
      [{ state: "gone" }, "state"],
      [{ states: "open" }, "body"],
      [{ state: "open", assignee: "nobody.there" }, "assignee"],
      [{ comment: "x".repeat(1_001) }, "comment"],
      ...["a\0b", "a\rb", "a\u001bb", "a\ud800b"].map((comment) => [{ comment }, "comment"] as const),
      [[], "body"],
    ] as const) {
      const answer = await ask("PATCH", keys.manage, body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      expect(answer.body.errors).toContainEqual({ field, message: expect.any(String) });
    }
    expect((await ask("PATCH", keys.manage, "{")).status).toBe(400);
    expect((await ask("PATCH", keys.manage, JSON.stringify({ comment: "x".repeat(20_000) }))).status).toBe(
      400,
    );
    expect((await ask("PATCH", keys.manage, { state: "open" }, 987_654)).status).toBe(404);
    expect((await readAlert(admin, alertId)).alert.state).toBe("acknowledged");
    await ask("PATCH", keys.manage, { assignee: null });
    expect((await readAlert(admin, alertId)).alert.assignee).toBeNull();
  });
});

describe("rules in files", () => {
  const rulesOf = async () => (await readRulesScreen(user, ianaZone("UTC"), Date.now())).rules;

  it("are previewed, read with an audit row for each change, and written as they are then", async () => {
    const yaml =
      "version: 1\nrules:\n  lockouts-in-a-row: {threshold: 2, on: false}\n  password-guessing: {threshold: 5}\n";
    const preview = {
      changed: [
        {
          rule: "lockouts-in-a-row",
          title: { key: "ruleTitles.lockoutsInARow" },
          changes: [
            {
              label: { key: "ruleScreens.rule" },
              before: { key: "ruleScreens.on" },
              after: { key: "ruleScreens.off" },
            },
            {
              label: { key: "rules.minLockouts" },
              before: { key: "units.number", values: { count: 3 } },
              after: { key: "units.number", values: { count: 2 } },
            },
          ],
        },
      ],
      unchanged: 1,
    };
    const before = await rulesOf();
    expect(await previewRules(admin, { yaml })).toEqual(preview);
    expect(await rulesOf()).toEqual(before);
    expect(await importRules(admin, { yaml })).toEqual(preview);
    const after = await rulesOf();
    expect(after.find(({ name }) => name === "lockouts-in-a-row")).toMatchObject({
      isOn: false,
      values: { threshold: 2, minutes: 1_440 },
    });
    const audit = await database().execute(sql`
      select from audit_log where company_id = ${company.companyId} and action = 'rule.update'`);
    expect(audit.length).toBe(1);
    const { text, fileName } = await exportRules(user, "yaml");
    expect(fileName).toBe("rules.yml");
    expect((await previewRules(admin, { yaml: text })).changed).toEqual([]);
    expect((await exportRules(user, "sigma")).text).not.toContain("lockouts_in_a_row");
  });

  it("are refused by line and field, and for who may not tune rules", async () => {
    const wrong = { yaml: "rules:\n  lockouts-in-a-row:\n    threshold: 1000\n" };
    for (const work of [previewRules, importRules]) {
      await expect(work(admin, wrong)).rejects.toMatchObject({
        code: "invalid",
        fields: [
          {
            field: "yaml",
            message: "Line 3, rules.lockouts-in-a-row.threshold: Enter a whole number from 2 to 100.",
          },
        ],
      });
      await expect(work(user, wrong)).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
