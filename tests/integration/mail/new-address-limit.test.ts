import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { invitingAgain } from "@/lib/server/inviting";
import { mailingNewAddress } from "@/lib/server/mailing-new-address";
import { nameGuessing } from "@/lib/server/name-guessing";
import { assertWithinLimits, type Limit } from "@/lib/server/rate-limit/limiter";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany } from "@/lib/services/companies/create-company";
import { operatorContext, type ServiceContext } from "@/lib/services/context";
import { mailRecipientOf } from "@/lib/services/mail/mail-recipient";
import { assertMayUpdate, updateAccount } from "@/lib/services/users/change-account";
import { assertMayInviteAgain, resendInvitation } from "@/lib/services/users/invite-user";
import { createUser } from "@/lib/services/users/create-user";
import { provideMail } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { preparePeople } from "../../support/sign-in-people";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();
provideOwnDatabase();
provideMail();
beforeAll(preparePeople);

const operator = operatorContext("command line");
const newAddress = () => `n${randomBytes(6).toString("hex")}@example.net`;

it("gives an address to accounts five times in an hour, however spelled, and changes the rest of them", async () => {
  const given: (string | undefined)[] = [];
  const change = mailingNewAddress(
    async (_, { email }: { email?: string }) => given.push(email),
    async () => {},
  );
  const address = newAddress();
  for (let i = 0; i < 5; i += 1) await change(operator, { email: address });
  const sixth = change(operator, { email: address.toUpperCase() });
  await expect(sixth).rejects.toMatchObject({ code: "limited" });
  await change(operator, {});
  await change(operator, { email: `x${address}` });
  expect(given).toEqual([...Array(5).fill(address), undefined, `x${address}`]);
});

async function countUses(limit: Limit): Promise<number> {
  for (let count = 0; ; count += 1) {
    const isIn = await assertWithinLimits([limit]).then(
      () => true,
      (error: AppError) => error.code !== "limited",
    );
    if (!isIn) return count;
  }
}

describe("the mails that one person may get in an hour", () => {
  const change = mailingNewAddress(nameGuessing(updateAccount), assertMayUpdate);
  const inviteAgain = invitingAgain(resendInvitation, assertMayInviteAgain);
  let admin: ServiceContext;
  let member: ServiceContext;
  let companyId: number;
  let otherId: number;

  beforeAll(async () => {
    const make = () => createCompany(operatorActor("command line"), { name: `Mails ${newAddress()}` });
    companyId = (await make()).id;
    otherId = (await make()).id;
    admin = await contextOf(await makeUser("User", [{ companyId, role: "CompanyAdmin" }]));
    member = await contextOf(await makeUser("User", [{ companyId, role: "User" }]));
  });

  const inBoth = () => [companyId, otherId].map((id) => ({ companyId: id, role: "User" as const }));

  /** An invited user of the company, or of others. */
  async function invite(memberships = [{ companyId, role: "User" as const }]) {
    const email = newAddress();
    const name = email.split("@")[0]!;
    return createUser(operator, {
      username: name,
      email,
      globalRole: "User",
      memberships,
      access: "invitation",
    });
  }

  it("are used up by no user who may not invite anybody again", async () => {
    const [own, shared, foreign] = [await invite(), await invite(inBoth()), await invite([])];
    for (const [asker, { userId }, code] of [
      [member, own, "not_found"],
      [admin, shared, "forbidden"],
      [admin, foreign, "not_found"],
    ] as const) {
      for (let i = 0; i < 6; i += 1) {
        await expect(inviteAgain(asker, { userId })).rejects.toMatchObject({ code });
      }
      expect(await countUses(["mail-recipient", { userId }])).toBe(5);
    }
  });

  it("are used up by no user who may not change the account that gets the address", async () => {
    const [own, shared] = [await invite(), await invite(inBoth())];
    for (const [asker, { userId }, code] of [
      [member, own, "not_found"],
      [admin, shared, "forbidden"],
    ] as const) {
      const email = newAddress();
      for (let i = 0; i < 6; i += 1) {
        await expect(change(asker, { userId, email })).rejects.toMatchObject({ code });
      }
      expect(await countUses(["mail-recipient", await mailRecipientOf(email)])).toBe(5);
    }
  });

  it("are used up by no administrator who tries an address that is somebody else's", async () => {
    const { userId } = await invite();
    const { email } = await invite([]);
    for (let i = 0; i < 6; i += 1) {
      await expect(change(admin, { userId, email })).rejects.toMatchObject({ code: "conflict" });
    }
    expect(await countUses(["mail-recipient", await mailRecipientOf(email)])).toBe(5);
  });

  it("are counted with each invitation that is sent again", async () => {
    const { userId } = await invite();
    for (let i = 0; i < 5; i += 1) await inviteAgain(admin, { userId });
    await expect(inviteAgain(admin, { userId })).rejects.toMatchObject({ code: "limited" });
  });
});
