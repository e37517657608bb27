import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { alertAssignForm } from "@/lib/domain/detections/alert-form";
import type { ServiceContext } from "@/lib/services/context";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { patchAlert } from "@/lib/services/detections/patch-alert";
import { setUsersActive } from "@/lib/services/users/change-account";
import { removeMembership, setGlobalRole, setMembership } from "@/lib/services/users/change-roles";
import { deleteUser } from "@/lib/services/users/delete-user";
import { followStoredOf } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser, type Person } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let context: ServiceContext;
let company: TestCompany;
let alerts: number[];

beforeAll(async () => {
  await database().transaction(ensureSettings);
  context = await contextOf(await makeUser("GlobalAdmin"));
});

beforeEach(async () => {
  company = await makeCompany("Left meanwhile");
  const failed = { type: "logon_failed", computer: "PC-1", fields: { SubStatus: "0xC0000072" } };
  const users = ["anna", "bert"];
  await storeEvents(
    company,
    users.map((user) => ({ ...failed, user, at: Date.now() - 1_000 })),
  );
  await followStoredOf(company);
  const rows = await database().execute<{ id: number }>(sql`
    select id from alerts where company_id = ${company.companyId} order by id`);
  alerts = rows.map(({ id }) => id);
});

const administrator = () => makeUser("User", [{ companyId: company.companyId, role: "CompanyAdmin" }]);

function assign({ username }: Person, by = context): Promise<unknown> {
  const form = alertAssignForm.parse({ alertId: alerts.map(String), assignee: username });
  return assignAlerts({ ...by, scope: company.scope }, form);
}

async function assigneesNow(): Promise<unknown[]> {
  const rows = await database().execute<{ assignee: number | null }>(sql`
    select assignee_user_id as assignee from alerts where company_id = ${company.companyId} order by id`);
  return rows.map(({ assignee }) => assignee);
}

/** Starts the first and then the second, each after the one before has come as far as it can, and lets both end. */
async function inTurns(first: () => Promise<unknown>, second: () => Promise<unknown>) {
  const running: Promise<unknown>[] = [];
  await database().transaction(async (tx) => {
    // Writing to the audit trail, the last that each of them does, waits for this.
    await tx.execute(sql`select from audit_chain for update`);
    for (const work of [first, second]) {
      running.push(Promise.allSettled([work()]));
      await expect
        .poll(() =>
          database().execute(sql`
            select from pg_stat_activity where datname = current_database() and state = 'active'
              and wait_event_type in ('Lock', 'Extension')`),
        )
        .toHaveLength(running.length);
    }
  });
  return (await Promise.all(running)).flat();
}

const REFUSED = { status: "rejected", reason: { code: "invalid", fields: [{ field: "assignee" }] } };
const DONE = { status: "fulfilled" };

const LOSSES: [string, (person: Person) => Promise<unknown>][] = [
  ["is deactivated", ({ id }) => setUsersActive(context, { userIds: [id], isActive: false })],
  [
    "gets a lower role in the company",
    ({ id }) => setMembership(context, { userId: id, memberCompanyId: company.companyId, role: "User" }),
  ],
  [
    "leaves the company",
    ({ id }) => removeMembership(context, { userId: id, memberCompanyId: company.companyId }),
  ],
  ["is deleted", ({ id, username }) => deleteUser(context, { userId: id, confirmedName: username })],
];

describe.each(LOSSES)("who %s in the moment of an assignment", (_, lose) => {
  it("isn't assigned where the right is gone first", async () => {
    const person = await administrator();
    const ended = await inTurns(
      () => lose(person),
      () => assign(person),
    );
    expect(ended).toMatchObject([DONE, REFUSED]);
    expect(await assigneesNow()).toEqual([null, null]);
  });

  it("is taken off again where the assignment comes first", async () => {
    const person = await administrator();
    const ended = await inTurns(
      () => assign(person),
      () => lose(person),
    );
    expect(ended).toMatchObject([DONE, DONE]);
    expect(await assigneesNow()).toEqual([null, null]);
  });

  it("ends without a deadlock where one of the alerts was the person's already", async () => {
    const person = await administrator();
    const scoped = { ...context, scope: company.scope };
    await patchAlert(scoped, alerts[0]!, { assignee: person.username });
    const ended = await inTurns(
      () => lose(person),
      () => assign(person),
    );
    expect(ended).toMatchObject([DONE, REFUSED]);
    expect(await assigneesNow()).toEqual([null, null]);
  });
});

it("who gets a lower role in the portal while taking alerts has them no more", async () => {
  const person = await makeUser("GlobalAdmin");
  const own = await contextOf(person);
  const lower = () => setGlobalRole(context, { userId: person.id, role: "User" });
  expect(await inTurns(lower, () => assign(person, own))).toMatchObject([DONE, REFUSED]);
  expect(await assigneesNow()).toEqual([null, null]);
});

it("a single alert isn't assigned through the API to whoever is deactivated first", async () => {
  const person = await administrator();
  const scoped = { ...context, scope: company.scope };
  const ended = await inTurns(
    () => setUsersActive(context, { userIds: [person.id], isActive: false }),
    () => patchAlert(scoped, alerts[0]!, { assignee: person.username }),
  );
  expect(ended).toMatchObject([DONE, REFUSED]);
  expect(await assigneesNow()).toEqual([null, null]);
});
