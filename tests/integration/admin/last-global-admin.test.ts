import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { findUsers, updateUser } from "@/db/queries/global/users";
import { setUsersActive } from "@/lib/services/users/change-account";
import { setGlobalRole } from "@/lib/services/users/change-roles";
import { deleteUser } from "@/lib/services/users/delete-user";
import type { ServiceContext } from "@/lib/services/context";
import { operatorContext } from "@/lib/services/context";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, deactivateOtherGlobalAdmins, makeUser, type Person } from "../../support/people";

type Removal = [name: string, remove: (context: ServiceContext, target: Person) => Promise<unknown>];

const removals: Removal[] = [
  ["demote to Admin", (context, { id }) => setGlobalRole(context, { userId: id, role: "Admin" })],
  ["demote to User", (context, { id }) => setGlobalRole(context, { userId: id, role: "User" })],
  ["deactivate", (context, { id }) => setUsersActive(context, { userIds: [id], isActive: false })],
  ["delete", (context, { id, username }) => deleteUser(context, { userId: id, confirmedName: username })],
];

async function activeGlobalAdmins(people: readonly Person[]): Promise<Person[]> {
  const users = await findUsers(people.map(({ id }) => id));
  const active = users.filter((user) => user.isActive && user.globalRole === "GlobalAdmin");
  return people.filter(({ id }) => active.some((user) => user.userId === id));
}

provideOwnDatabase();

let first: Person;
let second: Person;

beforeEach(async () => {
  first = await makeUser("GlobalAdmin");
  second = await makeUser("GlobalAdmin");
  await deactivateOtherGlobalAdmins([first, second]);
});

describe("the last active GlobalAdmin", () => {
  it.each(removals)("stays when the operator would %s them", async (_, remove) => {
    await remove(operatorContext("command line"), second);
    await expect(remove(operatorContext("command line"), first)).rejects.toMatchObject({ code: "conflict" });
    expect(await activeGlobalAdmins([first, second])).toEqual([first]);
  });

  it.each(removals)("stays when they would %s themselves", async (_, remove) => {
    await expect(remove(await contextOf(first), first)).rejects.toMatchObject({ code: "conflict" });
    expect(await activeGlobalAdmins([first, second])).toEqual([first, second]);
  });

  it.each(removals)(
    "stays when the operator would %s them and the other has no password yet",
    async (_, remove) => {
      const invitedUntil = new Date(Date.now() + 60_000);
      await database().transaction((tx) => updateUser(tx, second.id, { invitedUntil }));
      await expect(remove(operatorContext("command line"), first)).rejects.toMatchObject({
        code: "conflict",
      });
      await remove(operatorContext("command line"), second);
      expect(await activeGlobalAdmins([first, second])).toEqual([first]);
    },
  );

  it("stays when a bulk deactivation names all of them, and nobody of the bulk is changed", async () => {
    const bystander = await makeUser("User");
    const userIds = [bystander.id, first.id, second.id];
    const all = setUsersActive(operatorContext("command line"), { userIds, isActive: false });
    await expect(all).rejects.toMatchObject({ code: "conflict" });
    expect(await activeGlobalAdmins([first, second])).toEqual([first, second]);
    expect((await findUsers([bystander.id]))[0]!.isActive).toBe(true);
  });
});

const pairs = removals.flatMap(([a, one]) => removals.map(([b, other]) => [a, b, one, other] as const));

describe("two GlobalAdmins who remove each other at the same moment", () => {
  it.each(pairs)("leave one of them: %s and %s", async (_a, _b, one, other) => {
    for (let round = 0; round < 3; round += 1) {
      const left = round === 0 ? first : await makeUser("GlobalAdmin");
      const right = round === 0 ? second : await makeUser("GlobalAdmin");
      await deactivateOtherGlobalAdmins([left, right]);
      const [leftContext, rightContext] = await Promise.all([contextOf(left), contextOf(right)]);
      const outcomes = await Promise.allSettled([one(leftContext, right), other(rightContext, left)]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await activeGlobalAdmins([left, right])).toHaveLength(1);
    }
  });
});

describe("one's own role", () => {
  it.each(["Admin", "User"])("cannot be raised by a %s", async (role) => {
    const person = await makeUser(role);
    const raise = setGlobalRole(await contextOf(person), { userId: person.id, role: "GlobalAdmin" });
    await expect(raise).rejects.toMatchObject({ isAppError: true });
    expect((await findUsers([person.id]))[0]!.globalRole).toBe(role);
  });
});
