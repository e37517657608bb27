import { afterAll, beforeAll, expect, it } from "vitest";
import { alertAssignForm } from "@/lib/domain/detections/alert-form";
import type { CompanyContext } from "@/lib/services/context";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { commentAlert } from "@/lib/services/detections/change-alerts";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { deleteUser } from "@/lib/services/users/delete-user";
import type { Mount } from "../../support/agent-mounts";
import { followStored, storeGuesses } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { contextIn, contextOf, makeUser, type Person } from "../../support/people";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
let member: Person;
let operator: Person;
let contexts: Record<"member" | "operator", CompanyContext>;
let api: Mount;
let key: string;
let ids: [first: number, second: number];

beforeAll(async () => {
  company = await makeCompany("Kept");
  const { companyId, scope } = company;
  member = await makeUser("User", [{ companyId, role: "CompanyAdmin" }]);
  operator = await makeUser("GlobalAdmin");
  contexts = {
    member: { ...(await contextOf(member)), scope },
    operator: { ...(await contextOf(operator)), scope },
  };
  key = await makeKey(company, { scopes: ["read", "manage"] });
  api = await openReadApi();
  await storeGuesses(company, "anna", "bert");
  await followStored();
  const found = (await readAlertsScreen(contexts.member, {}, null, "")).alerts.map(({ id }) => id);
  ids = [found[0]!, found[1]!];
});
afterAll(() => api.close());

const assign = (context: CompanyContext, assignee: string, ...alertIds: number[]) =>
  assignAlerts(context, alertAssignForm.parse({ alertId: alertIds.map(String), assignee }));

interface AlertAnswer {
  status: number;
  alert: { state: string; assignee: string | null; history: { by: string | null; comment: string }[] };
}

async function ask(id: number, method: "GET" | "PATCH", body?: object): Promise<AlertAnswer> {
  const answer = await fetch(`${api.url}/api/v1/alerts/${id}`, {
    method,
    headers: { "X-API-Key": key },
    ...(body && { body: JSON.stringify(body) }),
  });
  const { alert } = (await answer.json()) as Pick<AlertAnswer, "alert">;
  return { status: answer.status, alert };
}

it.each([
  ["no one", () => ""],
  ["a member", () => member.username],
  ["a global administrator who isn't a member", () => operator.username],
])("an alert of %s keeps its assignee when that is sent back", async (_, name) => {
  await assign(contexts.operator, name(), ids[0]);
  for (const state of ["acknowledged", "open"]) {
    const { assignee } = (await ask(ids[0], "GET")).alert;
    const { status, alert } = await ask(ids[0], "PATCH", { state, assignee });
    expect({ status, state: alert.state, assignee: alert.assignee }).toEqual({
      status: 200,
      state,
      assignee,
    });
  }
  expect(await assign(contexts.member, name().toUpperCase(), ids[0])).toEqual({ count: 0 });
});

it("a global administrator who isn't a member gets no further alert from a member", async () => {
  await assign(contexts.operator, operator.username, ids[0]);
  for (const alertIds of [[ids[1]], ids]) {
    await expect(assign(contexts.member, operator.username, ...alertIds)).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "assignee" }],
    });
  }
  expect((await ask(ids[1], "GET")).alert.assignee).toBeNull();
});

it("names in the history who has been deleted since", async () => {
  const leaving = await contextIn(company, "CompanyAdmin");
  await commentAlert(leaving, { alertId: ids[0], comment: "Called the user." });
  const { actorName, actorUserId } = leaving.audit;
  await deleteUser(contexts.operator, { userId: actorUserId!, confirmedName: actorName! });
  const { history } = (await ask(ids[0], "GET")).alert;
  expect(history.at(-1)).toMatchObject({ by: actorName, comment: "Called the user." });
});
