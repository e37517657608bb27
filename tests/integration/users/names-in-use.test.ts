import { beforeAll, describe, expect, it } from "vitest";
import { findUsers } from "@/db/queries/global/users";
import { refreshEnv } from "@/lib/env";
import { nameGuessing } from "@/lib/server/name-guessing";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany } from "@/lib/services/companies/create-company";
import type { ServiceContext } from "@/lib/services/context";
import { updateAccount } from "@/lib/services/users/change-account";
import { createUser } from "@/lib/services/users/create-user";
import { preparePeople } from "../../support/sign-in-people";
import { contextOf, makeUser, type Person } from "../../support/people";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();

let own: number;
let stranger: Person;
let serial = 0;

beforeAll(async () => {
  process.env.RATE_LIMIT_ENABLED = "true";
  refreshEnv();
  await preparePeople();
  const make = async (name: string) =>
    (await createCompany(operatorActor("command line"), { name: `${name} ${Date.now()}` })).id;
  own = await make("Names own");
  stranger = await makeUser("User", [{ companyId: await make("Names other"), role: "User" }]);
});

function ask(context: ServiceContext, username: string, email?: string) {
  serial += 1;
  return createUser(context, {
    username,
    email: email ?? `names-${Date.now()}-${serial}@example.com`,
    globalRole: "User",
    memberships: [{ companyId: own, role: "User" }],
  });
}

describe.each([
  ["a CompanyAdmin", "User", "CompanyAdmin"],
  ["an Admin", "Admin", "User"],
])("to %s", (_, globalRole, role) => {
  const someone = async () => contextOf(await makeUser(globalRole, [{ companyId: own, role }]));

  it("a taken username answers like a free one", async () => {
    const context = await someone();
    for (const name of [stranger.username, `free-${Date.now()}`]) {
      const { username } = await ask(context, name);
      expect(username).toMatch(new RegExp(`^${name}-\\d{6}$`));
    }
  });

  it("the longest username still fits", async () => {
    const { userId, username } = await ask(await someone(), "n".repeat(64));
    expect((await findUsers([userId]))[0]!.username).toBe(username);
  });

  it("no change of a username tells whether it is taken", async () => {
    const context = await someone();
    const { userId } = await ask(context, "mine");
    for (const username of [stranger.username, `free-${Date.now()}`]) {
      await expect(updateAccount(context, { userId, username })).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("a taken address is refused without a reason, ten times an hour", async () => {
    const context = await someone();
    const limited = nameGuessing((asked: ServiceContext, email: string) => ask(asked, "guess", email));
    const taken = `${stranger.username}@example.com`;
    for (let tries = 0; tries < 10; tries += 1) {
      const refusal = limited(context, taken);
      await expect(refusal).rejects.toMatchObject({ code: "conflict" });
      await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining("in use") });
    }
    await expect(limited(context, `new-${Date.now()}@example.com`)).rejects.toMatchObject({
      code: "limited",
    });
  });
});

it("a GlobalAdmin, who sees everybody, is told that a name is in use", async () => {
  const context = await contextOf(await makeUser("GlobalAdmin"));
  await expect(ask(context, stranger.username)).rejects.toMatchObject({
    code: "conflict",
    message: "This username is already in use.",
  });
});
