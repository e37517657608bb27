import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { findUsers } from "@/db/queries/global/users";
import { operatorActor } from "@/lib/services/audit/actor";
import { inEnglish } from "@/lib/english";
import { createCompany } from "@/lib/services/companies/create-company";
import type { ServiceContext } from "@/lib/services/context";
import { operatorContext } from "@/lib/services/context";
import { dismissAccountNotices, readAccountNotices } from "@/lib/services/users/account-notices";
import { setUsersActive, updateAccount } from "@/lib/services/users/change-account";
import { setMembership } from "@/lib/services/users/change-roles";
import { createUser } from "@/lib/services/users/create-user";
import { deleteUser } from "@/lib/services/users/delete-user";
import { joinableOf, readUser, readUsers, userView } from "@/lib/services/users/read-users";
import { resetMfa, resetPassword, setMfaRequirement, signUserOut } from "@/lib/services/users/reset-access";
import { preparePeople } from "../../support/sign-in-people";
import { contextOf, makeUser, type Person } from "../../support/people";

type Change = [
  name: string,
  action: string,
  run: (context: ServiceContext, whom: Person) => Promise<unknown>,
];

const CHANGES: Change[] = [
  [
    "edit",
    "user.update",
    (context, { id, username }) =>
      updateAccount(context, { userId: id, username, email: `new-${username}@example.com` }),
  ],
  [
    "deactivate",
    "user.deactivate",
    (context, { id }) => setUsersActive(context, { userIds: [id], isActive: false }),
  ],
  [
    "reset the password of",
    "user.reset-password",
    (context, { id }) => resetPassword(context, { userId: id }),
  ],
  ["reset the second step of", "user.reset-mfa", (context, { id }) => resetMfa(context, { userId: id })],
  ["sign out", "user.sign-out", (context, { id }) => signUserOut(context, { userId: id })],
  [
    "delete",
    "user.delete",
    (context, { id, username }) => deleteUser(context, { userId: id, confirmedName: username }),
  ],
];

let a: number;
let b: number;

beforeAll(async () => {
  await preparePeople();
  const make = (name: string) =>
    createCompany(operatorActor("command line"), { name: `${name} ${Date.now()}` });
  a = (await make("Reach A")).id;
  b = (await make("Reach B")).id;
});

const member = (companyId: number, role = "User") => ({ companyId, role });

interface TrailRow extends Record<string, unknown> {
  company_id: number | null;
  action: string;
  before: unknown;
  after: unknown;
}

/** The audit rows about a user, but for their making, by company. */
async function trailOf({ id }: Person): Promise<TrailRow[]> {
  return [
    ...(await database().execute<TrailRow>(sql`
      select company_id, action, before, after from audit_log
      where target_type = 'user' and target_id = ${String(id)} and action <> 'user.create'
      order by company_id nulls first, seq`)),
  ];
}

describe.each(CHANGES)("to %s somebody", (_, action, run) => {
  it("is refused to an Admin of one of two companies, in either of them", async () => {
    const shared = await makeUser("User", [member(a), member(b, "CompanyAdmin")]);
    for (const company of [a, b]) {
      const admin = await makeUser("Admin", [member(company)]);
      await expect(run(await contextOf(admin), shared)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await trailOf(shared)).toEqual([]);
  });

  it("is refused to an Admin against a colleague of the same role", async () => {
    const admin = await makeUser("Admin", [member(a)]);
    const colleague = await makeUser("Admin", [member(a)]);
    await expect(run(await contextOf(admin), colleague)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is refused to a CompanyAdmin of both companies, and allowed to one of the only company", async () => {
    const boss = await makeUser("User", [member(a, "CompanyAdmin"), member(b, "CompanyAdmin")]);
    const shared = await makeUser("User", [member(a), member(b)]);
    await expect(run(await contextOf(boss), shared)).rejects.toMatchObject({ code: "forbidden" });
    const own = await makeUser("User", [member(a)]);
    await run(await contextOf(boss), own);
    expect((await trailOf(own)).map((row) => [row.company_id, row.action])).toEqual([[a, action]]);
  });

  it("leaves a row in the trail of each of their companies, which names no other", async () => {
    const admin = await makeUser("Admin", [member(a), member(b)]);
    const shared = await makeUser("User", [member(a), member(b)]);
    await run(await contextOf(admin), shared);
    const trail = await trailOf(shared);
    expect(trail.map((row) => [row.company_id, row.action])).toEqual([
      [a, action],
      [b, action],
    ]);
    expect(JSON.stringify([trail[0]!.before, trail[0]!.after])).not.toContain("Reach B");
    expect(JSON.stringify([trail[1]!.before, trail[1]!.after])).not.toContain("Reach A");
  });

  it("leaves a row in the portal's trail for somebody in no company", async () => {
    const admin = await makeUser("Admin");
    const nobody = await makeUser("User");
    await run(await contextOf(admin), nobody);
    expect((await trailOf(nobody)).map((row) => [row.company_id, row.action])).toEqual([[null, action]]);
  });

  it("is told to them until they dismiss it, once and for themselves only", async () => {
    const admin = await makeUser("Admin", [member(a)]);
    const person = await makeUser("User", [member(a)]);
    const bystander = await makeUser("User", [member(a)]);
    const asPerson = await contextOf(person);
    const asBystander = await contextOf(bystander);
    await run(await contextOf(admin), person);
    const notices = await readAccountNotices(person.id);
    // A deleted user has no next sign-in.
    expect(notices.map(({ text }) => inEnglish(text).includes(admin.username))).toEqual(
      action === "user.delete" ? [] : [true],
    );
    const noticeIds = notices.map(({ id }) => id);
    await dismissAccountNotices(asBystander, { noticeIds });
    expect(await readAccountNotices(person.id)).toEqual(notices);
    await dismissAccountNotices(asPerson, { noticeIds });
    expect(await readAccountNotices(person.id)).toEqual([]);
  });
});

it("does not tell people what they did themselves", async () => {
  const boss = await makeUser("User", [member(a, "CompanyAdmin")]);
  const context = await contextOf(boss);
  await updateAccount(context, {
    userId: boss.id,
    username: boss.username,
    email: `b${boss.id}@example.com`,
  });
  expect(await readAccountNotices(boss.id)).toEqual([]);
});

it("writes into each company's trail only the membership there when a user of two is made", async () => {
  const name = `made-${Date.now()}`;
  const memberships = [
    { companyId: a, role: "User" as const },
    { companyId: b, role: "User" as const },
  ];
  const { userId } = await createUser(operatorContext("command line"), {
    username: name,
    email: `${name}@example.com`,
    globalRole: "User",
    memberships,
  });
  const rows = await database().execute<{
    company_id: number;
    after: { memberships: { companyId: number }[] };
  }>(sql`
    select company_id, after from audit_log where action = 'user.create' and target_id = ${String(userId)}
    order by company_id`);
  const told = [...rows].map((row) => [row.company_id, row.after.memberships.map((one) => one.companyId)]);
  expect(told).toEqual([
    [a, [a]],
    [b, [b]],
  ]);
});

it("offers on a shared colleague's page nothing that would be refused", async () => {
  const admin = await makeUser("Admin", [member(a)]);
  const shared = await makeUser("User", [member(a), member(b, "CompanyAdmin")]);
  const { can } = await readUser(await contextOf(admin), shared.id);
  expect(Object.values(can).every((isOffered) => !isOffered)).toBe(true);
});

it("offers to add somebody to a company with the roles that can be given there, and no other", async () => {
  const admin = await contextOf(await makeUser("Admin", [member(a), member(b, "CompanyAdmin")]));
  const companies = [a, b].map((id) => ({ id, name: `Reach ${id}` }));
  const offeredTo = async ({ id }: Person) => joinableOf(admin.actor, await readUser(admin, id), companies);
  const offered = await offeredTo(await makeUser("User"));
  expect(offered.map(({ id, roles }) => [id, roles])).toEqual([
    [a, ["User"]],
    [b, ["User", "CompanyAdmin"]],
  ]);
  const outcomes: unknown[] = [];
  for (const { id: memberCompanyId } of offered) {
    for (const role of ["User", "CompanyAdmin"] as const) {
      const { id: userId } = await makeUser("User");
      const adding = setMembership(admin, { userId, memberCompanyId, role });
      outcomes.push(await adding.catch((error: { code: string }) => error.code));
    }
  }
  expect(outcomes).toEqual([undefined, "forbidden", undefined, undefined]);
  const joined = await makeUser("User", [member(a)]);
  expect((await offeredTo(joined)).map(({ id }) => id)).toEqual([b]);
});

it("says of whom two-factor authentication is required but not set up: by the portal's rule or their own", async () => {
  const admin = await contextOf(await makeUser("GlobalAdmin"));
  const { id } = await makeUser("User");
  const isDue = async (isRequiredForAll: boolean) => {
    const [user] = await findUsers([id]);
    return userView(admin.actor, user!, undefined, isRequiredForAll).isMfaDue;
  };
  expect([await isDue(false), await isDue(true)]).toEqual([false, true]);
  await setMfaRequirement(admin, { userId: id, requirement: false });
  expect([await isDue(false), await isDue(true)]).toEqual([false, false]);
  await setMfaRequirement(admin, { userId: id, requirement: true });
  expect([await isDue(false), await isDue(true)]).toEqual([true, true]);
});

it("adds somebody as a new member only, so that a page left open changes no role given meanwhile", async () => {
  const admin = await contextOf(await makeUser("GlobalAdmin"));
  const { id: userId } = await makeUser("User", [member(a, "CompanyAdmin")]);
  const adding = { userId, memberCompanyId: a, role: "User", isNew: true } as const;
  await expect(setMembership(admin, adding)).rejects.toMatchObject({ code: "conflict" });
  await setMembership(admin, { ...adding, memberCompanyId: b });
  const { memberships } = await readUser(admin, userId);
  expect(memberships.map(({ companyId, role }) => [companyId, role])).toEqual([
    [a, "CompanyAdmin"],
    [b, "User"],
  ]);
});

it("finds users by their role in the companies that the reader sees, not in others", async () => {
  const admin = await makeUser("Admin", [member(a)]);
  const there = await makeUser("User", [member(a), member(b, "CompanyAdmin")]);
  const here = await makeUser("User", [member(a, "CompanyAdmin"), member(b)]);
  const foundBy = async (context: ServiceContext, { username }: Person, companyId?: number) => {
    const filter = { search: username, globalRole: null, companyId: null, state: null, mfa: null };
    const page = await readUsers(
      context,
      { ...filter, companyRole: "CompanyAdmin" },
      { companyId, after: null },
    );
    return [page.found, ...page.users.map(({ id }) => id)];
  };
  const context = await contextOf(admin);
  expect(await foundBy(context, there)).toEqual([0]);
  expect(await foundBy(context, here)).toEqual([1, here.id]);
  expect(await foundBy(context, there, a)).toEqual([0]);
  expect(await foundBy(operatorContext("command line"), there)).toEqual([1, there.id]);
});
