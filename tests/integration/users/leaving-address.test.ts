import { and, asc, eq, inArray } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/logs";
import { notificationChannels, notificationDeliveries } from "@/db/schema/notifications";
import { operatorScope, portalScope } from "@/db/scope";
import { reasonText } from "@/lib/domain/notifications/reasons";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany } from "@/lib/services/companies/create-company";
import type { ServiceContext } from "@/lib/services/context";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import { setUsersActive, updateAccount } from "@/lib/services/users/change-account";
import { removeMembership, setGlobalRole, setMembership } from "@/lib/services/users/change-roles";
import { deleteUser } from "@/lib/services/users/delete-user";
import { makeChannel } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { preparePeople } from "../../support/sign-in-people";

provideOwnDatabase();
let a: number;
let b: number;
let admin: ServiceContext;

beforeAll(async () => {
  await preparePeople();
  const make = async (name: string) => (await createCompany(operatorActor("command line"), { name })).id;
  [a, b] = [await make("Leaving A"), await make("Leaving B")];
  admin = await contextOf(await makeUser("GlobalAdmin"));
});

const member = (companyId: number) => ({ companyId, role: "User" });

/** A mail channel in each of the companies (0: the portal). */
async function channelsWith(addresses: string[], ...companyIds: number[]): Promise<number[]> {
  const made = companyIds.map((id) =>
    makeChannel({ scope: id === 0 ? portalScope() : operatorScope(id) }, { type: "mail", addresses }),
  );
  return (await Promise.all(made)).map(({ id }) => id);
}

const channels = (ids: number[]) =>
  database()
    .select()
    .from(notificationChannels)
    .where(inArray(notificationChannels.id, ids))
    .orderBy(asc(notificationChannels.id));

const addressesOf = async (ids: number[]) =>
  new Map((await channels(ids)).map(({ companyId, addresses }) => [companyId, addresses]));

it("a deleted user's address goes from the channels of the own companies, however spelled, with an audit row", async () => {
  const { id, username } = await makeUser("User", [member(a)]);
  const email = `${username}@example.com`;
  const ids = await channelsWith(["ops@example.com", email.toUpperCase()], a, b, 0);
  await deleteUser(admin, { userId: id, confirmedName: username });
  const left = await addressesOf(ids);
  expect(left.get(a)).toEqual(["ops@example.com"]);
  expect(left.get(b)).toHaveLength(2);
  expect(left.get(0)).toHaveLength(2);
  const rows = await database()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, "channel.forget-address"), eq(auditLog.companyId, a)));
  expect(rows).toMatchObject([
    { actorName: admin.audit.actorName, after: { addresses: ["ops@example.com"] }, targetType: "channel" },
  ]);
});

it("a deleted global administrator's address goes from every company's channels and the portal's", async () => {
  const { id, username } = await makeUser("GlobalAdmin");
  const ids = await channelsWith(["ops@example.com", `${username}@example.com`], a, b, 0);
  await deleteUser(admin, { userId: id, confirmedName: username });
  expect([...(await addressesOf(ids)).values()]).toEqual(Array(3).fill(["ops@example.com"]));
});

it("who leaves a company stays in the channels of the others; a channel without an address is disabled", async () => {
  const { id, username } = await makeUser("User", [member(a), member(b)]);
  const ids = await channelsWith([`${username}@example.com`], a, b);
  await removeMembership(admin, { userId: id, memberCompanyId: a });
  const rows = await channels(ids);
  expect(rows.find(({ companyId }) => companyId === a)).toMatchObject({
    addresses: [],
    disabledReason: "its last address belonged to a user who has left",
  });
  expect(rows.find(({ companyId }) => companyId === b)).toMatchObject({
    addresses: [`${username}@example.com`],
    disabledAt: null,
  });
});

it("a global administrator who leaves a company goes on seeing it, and hearing of it", async () => {
  const { id, username } = await makeUser("GlobalAdmin", [member(a)]);
  const ids = await channelsWith([`${username}@example.com`], a);
  await removeMembership(admin, { userId: id, memberCompanyId: a });
  expect((await addressesOf(ids)).get(a)).toEqual([`${username}@example.com`]);
});

it.each(["Admin", "User"] as const)(
  "a global administrator who becomes %s leaves the channels of what the person no longer administers",
  async (role) => {
    const { id, username } = await makeUser("GlobalAdmin", [member(a)]);
    const email = `${username}@example.com`;
    const ids = await channelsWith(["ops@example.com", email], a, b, 0);
    const [alone] = await channelsWith([email], b);
    await setGlobalRole(admin, { userId: id, role });
    const left = await addressesOf(ids);
    expect(left.get(a)).toEqual(role === "Admin" ? ["ops@example.com", email] : ["ops@example.com"]);
    expect(left.get(b)).toEqual(["ops@example.com"]);
    expect(left.get(0)).toEqual(["ops@example.com"]);
    const [disabled] = await channels([alone!]);
    expect(reasonText(disabled!.disabledReason!)).toMatchObject({
      key: "notificationSentences.reasons.lastLost",
    });
  },
);

it("who is deactivated leaves the channels of the own companies, and isn't put back", async () => {
  const { id, username } = await makeUser("User", [member(a)]);
  const email = `${username}@example.com`;
  const ids = await channelsWith(["ops@example.com", email], a, b, 0);
  await setUsersActive(admin, { userIds: [id], isActive: false });
  await setUsersActive(admin, { userIds: [id], isActive: true });
  const left = await addressesOf(ids);
  expect(left.get(a)).toEqual(["ops@example.com"]);
  expect(left.get(b)).toHaveLength(2);
  expect(left.get(0)).toHaveLength(2);
});

it("who no longer administers a company leaves its channels, and an administrator of the portal stays", async () => {
  const leave = async (globalRole: "User" | "Admin") => {
    const { id, username } = await makeUser(globalRole, [
      { companyId: a, role: "CompanyAdmin" },
      { companyId: b, role: "CompanyAdmin" },
    ]);
    const ids = await channelsWith(["ops@example.com", `${username}@example.com`], a, b);
    await setMembership(admin, { userId: id, memberCompanyId: a, role: "User" });
    return [id, ids, await addressesOf(ids)] as const;
  };
  const [, , ofUser] = await leave("User");
  expect(ofUser.get(a)).toEqual(["ops@example.com"]);
  expect(ofUser.get(b)).toHaveLength(2);
  const [id, ids, ofAdmin] = await leave("Admin");
  expect(ofAdmin.get(a)).toHaveLength(2);
  await setGlobalRole(admin, { userId: id, role: "User" });
  expect((await addressesOf(ids)).get(a)).toEqual(["ops@example.com"]);
  expect((await addressesOf(ids)).get(b)).toHaveLength(2);
});

it("a member who never administered the company stays in its channels when the global role changes", async () => {
  const { id, username } = await makeUser("User", [member(a)]);
  const ids = await channelsWith([`${username}@example.com`], a);
  await setGlobalRole(admin, { userId: id, role: "Admin" });
  expect((await addressesOf(ids)).get(a)).toEqual([`${username}@example.com`]);
});

it("a changed address takes the place of the old one in the own companies, with what waits for it", async () => {
  const { id, username } = await makeUser("User", [member(a)]);
  const [old, now] = [`${username}@example.com`, `${username}@example.org`];
  const ids = await channelsWith([old.toUpperCase(), "ops@example.com"], a, b);
  const [both] = await channelsWith(["ops@example.com", now.toUpperCase(), old], a);
  const { deliveryIds } = await testChannel(
    { ...admin, scope: operatorScope(a) },
    { channelId: (await channels(ids)).find(({ companyId }) => companyId === a)!.id },
  );
  await updateAccount(admin, { userId: id, email: now });
  const left = await addressesOf(ids);
  expect(left.get(a)).toEqual([now, "ops@example.com"]);
  expect(left.get(b)).toEqual([old.toUpperCase(), "ops@example.com"]);
  expect((await channels([both!]))[0]!.addresses).toEqual(["ops@example.com", now.toUpperCase()]);
  const waiting = await database()
    .select({ address: notificationDeliveries.address })
    .from(notificationDeliveries)
    .where(inArray(notificationDeliveries.id, deliveryIds))
    .orderBy(asc(notificationDeliveries.id));
  expect(waiting.map(({ address }) => address)).toEqual([now, "ops@example.com"]);
});

it("an address that only changes its capitals stays in its channels", async () => {
  const { id, username } = await makeUser("User", [member(a)]);
  const ids = await channelsWith([`${username}@example.com`], a);
  await updateAccount(admin, { userId: id, email: `${username}@EXAMPLE.com` });
  expect((await addressesOf(ids)).get(a)).toHaveLength(1);
});
