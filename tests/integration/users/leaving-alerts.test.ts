import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { alertAssignForm, alertStateForm } from "@/lib/domain/detections/alert-form";
import type { ServiceContext } from "@/lib/services/context";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { setAlertState } from "@/lib/services/detections/change-alerts";
import { patchAlert } from "@/lib/services/detections/patch-alert";
import { setUsersActive } from "@/lib/services/users/change-account";
import { removeMembership, setGlobalRole, setMembership } from "@/lib/services/users/change-roles";
import { deleteUser } from "@/lib/services/users/delete-user";
import { followStoredOf } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser, type Person } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let boss: Person;
let context: ServiceContext;
let company: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  boss = await makeUser("GlobalAdmin");
  context = await contextOf(boss);
});

beforeEach(async () => {
  [company, other] = [await makeCompany("Left"), await makeCompany("Kept")];
});

const within = ({ scope }: TestCompany) => ({ ...context, scope });

const closeAs = (id: number, state: string) => alertStateForm.parse({ alertId: [String(id)], state });

/** Two alerts of the company, assigned to the person: one that is open and one that is closed. */
async function assignTo({ username }: Person, at: TestCompany, by = context) {
  const failed = { type: "logon_failed", computer: "PC-1", fields: { SubStatus: "0xC0000072" } };
  await storeEvents(
    at,
    ["anna", "bert"].map((user) => ({ ...failed, user, at: Date.now() - 1_000 })),
  );
  await followStoredOf(at);
  const rows = await database().execute<{ id: number }>(sql`
    select id from alerts where company_id = ${at.companyId} order by id`);
  const [open, closed] = rows.map(({ id }) => id);
  const alertId = [open!, closed!].map(String);
  await assignAlerts({ ...by, scope: at.scope }, alertAssignForm.parse({ alertId, assignee: username }));
  await setAlertState(within(at), closeAs(closed!, "closed-true"));
  return { open: open!, closed: closed! };
}

/** Whose the alert is, and the last row of its history. */
async function assignmentOf(id: number, at = company) {
  const [row] = await database().execute(sql`
    select a.assignee_user_id as assignee, h.assigned_to as last, h.user_id as by
    from alerts a join alert_history h on h.company_id = a.company_id and h.alert_id = a.id
    where a.company_id = ${at.companyId} and a.id = ${id} order by h.id desc limit 1`);
  return row;
}

const administers = ({ companyId }: TestCompany) => ({ companyId, role: "CompanyAdmin" });

it.each<[string, (person: Person) => Promise<unknown>]>([
  [
    "is deactivated",
    async ({ id }) => {
      const colleague = await makeUser("User", [administers(company)]);
      await setUsersActive(context, { userIds: [id, colleague.id], isActive: false });
    },
  ],
  ["is deleted", ({ id, username }) => deleteUser(context, { userId: id, confirmedName: username })],
  [
    "gets a lower role in the company",
    ({ id }) => setMembership(context, { userId: id, memberCompanyId: company.companyId, role: "User" }),
  ],
  [
    "leaves the company",
    ({ id }) => removeMembership(context, { userId: id, memberCompanyId: company.companyId }),
  ],
])(
  "who %s is taken off the company's open alerts, with a row in the history and the audit trail",
  async (_, lose) => {
    const person = await makeUser("User", [administers(company)]);
    const { open, closed } = await assignTo(person, company);
    await lose(person);
    expect(await assignmentOf(open)).toEqual({ assignee: null, last: "", by: boss.id });
    expect(await assignmentOf(closed)).toMatchObject({ last: null });
    const audit = await database().execute(sql`
    select before, after from audit_log where company_id = ${company.companyId} and action = 'alert.change'
      and target_id = ${String(open)} order by seq`);
    expect(audit.at(-1)).toEqual({ before: { assignee: person.username }, after: { assignee: null } });
  },
);

it("who gets a lower role in the portal is taken off where the person may no longer manage alerts", async () => {
  const person = await makeUser("GlobalAdmin", [administers(other)]);
  const own = await contextOf(person);
  const lost = await assignTo(person, company, own);
  const kept = await assignTo(person, other, own);
  await setGlobalRole(context, { userId: person.id, role: "User" });
  expect(await assignmentOf(lost.open)).toEqual({ assignee: null, last: "", by: boss.id });
  expect(await assignmentOf(lost.closed)).toMatchObject({ assignee: person.id });
  expect(await assignmentOf(kept.open, other)).toMatchObject({ assignee: person.id });
});

it.each<[string, (person: Person) => Promise<unknown>]>([
  [
    "in another company",
    ({ id }) => removeMembership(context, { userId: id, memberCompanyId: other.companyId }),
  ],
  [
    "as an Admin who stays a member",
    ({ id }) => setMembership(context, { userId: id, memberCompanyId: company.companyId, role: "User" }),
  ],
])("who loses a right %s stays at the alerts that the person may manage", async (_, lose) => {
  const person = await makeUser("Admin", [administers(company), administers(other)]);
  const { open, closed } = await assignTo(person, company);
  await lose(person);
  expect(await assignmentOf(open)).toMatchObject({ assignee: person.id });
  expect(await assignmentOf(closed)).toMatchObject({ assignee: person.id });
});

it.each<[string, (id: number) => Promise<unknown>]>([
  [
    "on the page",
    (id) => setAlertState(within(company), alertStateForm.parse({ alertId: [String(id)], state: "open" })),
  ],
  ["by a program", (id) => patchAlert(within(company), id, { state: "acknowledged", comment: "Again." })],
  [
    "by a program that sends the assignee back",
    async (id) => {
      const [row] = await database().execute<{ username: string }>(sql`
        select u.username from alerts a join app_auth_users u on u.id = a.assignee_user_id
        where a.company_id = ${company.companyId} and a.id = ${id}`);
      await patchAlert(within(company), id, { state: "open", comment: "", assignee: row!.username });
    },
  ],
])("who left is taken off a closed alert that is opened again %s", async (_, reopen) => {
  const person = await makeUser("User", [administers(company)]);
  const { closed } = await assignTo(person, company);
  await removeMembership(context, { userId: person.id, memberCompanyId: company.companyId });
  await setAlertState(within(company), closeAs(closed, "closed-false"));
  expect(await assignmentOf(closed)).toMatchObject({ assignee: person.id });
  await reopen(closed);
  expect(await assignmentOf(closed)).toEqual({ assignee: null, last: "", by: boss.id });
});

it("an alert that is opened again keeps an assignee who may deal with it, or gets a new one", async () => {
  const [person, colleague] = [
    await makeUser("Admin", [administers(company)]),
    await makeUser("GlobalAdmin"),
  ];
  const { closed } = await assignTo(person, company);
  await patchAlert(within(company), closed, { state: "open", comment: "" });
  expect(await assignmentOf(closed)).toMatchObject({ assignee: person.id });
  await setAlertState(within(company), closeAs(closed, "closed-true"));
  await removeMembership(context, { userId: person.id, memberCompanyId: company.companyId });
  const own = { ...(await contextOf(colleague)), scope: company.scope };
  await patchAlert(own, closed, { state: "open", comment: "", assignee: colleague.username });
  expect(await assignmentOf(closed)).toEqual({
    assignee: colleague.id,
    last: colleague.username,
    by: colleague.id,
  });
  const rows = await database().execute(sql`
    select from alert_history where company_id = ${company.companyId} and alert_id = ${closed} and assigned_to = ''`);
  expect(rows).toHaveLength(0);
});

it("nobody is taken off when the change is refused", async () => {
  const person = await makeUser("User", [administers(company)]);
  const { open } = await assignTo(person, company);
  const refused = setUsersActive(context, { userIds: [person.id, boss.id], isActive: false });
  await expect(refused).rejects.toMatchObject({ code: "conflict" });
  expect(await assignmentOf(open)).toMatchObject({ assignee: person.id, last: person.username });
});
