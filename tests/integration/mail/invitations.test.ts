import { randomBytes } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/logs";
import { mailMessages } from "@/db/schema/mail";
import { oneTimeTokens, users } from "@/db/schema/users";
import { inEnglish } from "@/lib/english";
import { operatorActor } from "@/lib/services/audit/actor";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { createCompany } from "@/lib/services/companies/create-company";
import type { ServiceContext } from "@/lib/services/context";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { choosePasswordByLink, findLinkOwner } from "@/lib/services/passwords/password-link";
import { requestPasswordReset } from "@/lib/services/passwords/request-password-reset";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { setUsersActive, updateAccount } from "@/lib/services/users/change-account";
import { createUser } from "@/lib/services/users/create-user";
import { deleteUser } from "@/lib/services/users/delete-user";
import { resendInvitation, revokeInvitation } from "@/lib/services/users/invite-user";
import { readUser, readUsers } from "@/lib/services/users/read-users";
import { resetPassword } from "@/lib/services/users/reset-access";
import { setSettings } from "../../support/aged-records";
import { linkIn, provideMail, setMailEnv } from "../../support/mailing";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { preparePeople } from "../../support/sign-in-people";

provideOwnDatabase();
const mailing = provideMail();
const CHOSEN = "Another-Harbour-48-lamps";
const from = { address: "192.0.2.9", userAgent: null };
const DAY_MS = 86_400_000;
let queue: RunningQueue;
let companyId: number;
let admin: ServiceContext;

beforeAll(async () => {
  await preparePeople();
  await setSettings({ timeZone: "Europe/Berlin" });
  companyId = (await createCompany(operatorActor("command line"), { name: "Acme & Sons" })).id;
  const membership = { companyId, role: "CompanyAdmin" };
  admin = await contextOf(await makeUser("User", [membership]));
  queue = startQueue([mailSender]);
});
afterAll(() => queue.stop());

/** Invites a new user; gives the account and the token of the mail. */
async function invite(by: ServiceContext = admin) {
  const name = `i${randomBytes(5).toString("hex")}`;
  const made = await createUser(by, {
    username: name,
    email: `${name}@example.net`,
    globalRole: "User",
    memberships: [{ companyId, role: "User" }],
    access: "invitation",
  });
  return { ...made, token: await tokenSentTo(made.email) };
}

async function tokenSentTo(address: string, count = 1): Promise<string> {
  const received = await mailing.to(address, count);
  return linkIn(received.at(-1)!, "/accept-invitation").searchParams.get("token")!;
}

const accept = (token: string, password = CHOSEN) =>
  choosePasswordByLink("invitation", token, password, from);

const isDead = async (token: string) =>
  (await findLinkOwner("invitation", token)) === null &&
  (await accept(token).then(
    () => false,
    ({ code }: { code: string }) => code === "not_found",
  ));

const signIn = (login: string, password: string) =>
  signInWithPassword({
    ...from,
    login,
    password,
    isRemembered: false,
    browser: null,
    replacedSessionId: null,
  });

const trailOf = (userId: number) =>
  database()
    .select({ action: auditLog.action, company: auditLog.companyId, by: auditLog.actorName })
    .from(auditLog)
    .where(and(eq(auditLog.targetType, "user"), eq(auditLog.targetId, String(userId))))
    .orderBy(asc(auditLog.seq));

it("sends a link by which somebody invited chooses a password, once, and signs in", async () => {
  const { userId, username, email, token, temporaryPassword, invitedUntil } = await invite();
  expect(temporaryPassword).toBeNull();
  expect(invitedUntil! - Date.now()).toBeGreaterThan(6.9 * DAY_MS);
  expect(invitedUntil! - Date.now()).toBeLessThanOrEqual(7 * DAY_MS);
  const [received] = await mailing.to(email);
  const { mail } = received!;
  expect(mail.subject).toBe("WinAuthMon: You're invited");
  for (const part of [username, "Acme & Sons", admin.audit.actorName!, "(Europe/Berlin)"]) {
    expect(mail.text).toContain(part);
  }
  expect(mail.html).toContain("Acme &amp; Sons");
  expect((await readUser(admin, userId)).invitation).toEqual({ until: invitedUntil, isOpen: true });
  await expect(accept(token, "short")).rejects.toMatchObject({ fields: [{ field: "newPassword" }] });
  await expect(accept(token, "password1234")).rejects.toMatchObject({ fields: [{ field: "newPassword" }] });
  await accept(token);
  expect(await isDead(token)).toBe(true);
  expect((await readUser(admin, userId)).invitation).toBeNull();
  expect(await signIn(email, CHOSEN)).toMatchObject({ step: "done", userId });
  expect(await trailOf(userId)).toEqual([
    { action: "user.create", company: companyId, by: admin.audit.actorName },
    { action: "mail.send", company: null, by: "scheduled job" },
    { action: "user.accept-invitation", company: companyId, by: username },
  ]);
});

it("takes a link that several use at once for one of them", async () => {
  const { token } = await invite();
  const uses = ["Alpha", "Bravo", "Carla"].map((word) => accept(token, `${word} 7 Lighthouses`));
  const results = await Promise.allSettled(uses);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("ends after 7 days", async () => {
  const { userId, token } = await invite();
  const past = new Date(Date.now() - 1_000);
  await database().update(oneTimeTokens).set({ expiresAt: past }).where(eq(oneTimeTokens.userId, userId));
  await database().update(users).set({ invitedUntil: past }).where(eq(users.id, userId));
  expect(await isDead(token)).toBe(true);
  expect((await readUser(admin, userId)).invitation).toMatchObject({ isOpen: false });
});

it("sent again, it ends the older link and is audited", async () => {
  const { userId, email, token } = await invite();
  const { invitedUntil } = await resendInvitation(admin, { userId });
  expect(await isDead(token)).toBe(true);
  expect((await readUser(admin, userId)).invitation).toEqual({ until: invitedUntil, isOpen: true });
  const next = await tokenSentTo(email, 2);
  expect(next).not.toBe(token);
  await accept(next);
  expect((await trailOf(userId)).map(({ action }) => action)).toContain("user.invite");
  await expect(resendInvitation(admin, { userId })).rejects.toMatchObject({ code: "conflict" });
  await expect(revokeInvitation(admin, { userId })).rejects.toMatchObject({ code: "conflict" });
});

it("revoked, it ends the link, and the user can be invited again or removed", async () => {
  const { userId, username, email, token } = await invite();
  await revokeInvitation(admin, { userId });
  await revokeInvitation(admin, { userId });
  expect(await isDead(token)).toBe(true);
  expect((await readUser(admin, userId)).invitation).toMatchObject({ isOpen: false });
  const revoked = (await trailOf(userId)).filter(({ action }) => action === "user.revoke-invitation");
  expect(revoked).toHaveLength(1);
  await resendInvitation(admin, { userId });
  const next = await tokenSentTo(email, 2);
  await deleteUser(admin, { userId, confirmedName: username });
  expect(await isDead(next)).toBe(true);
});

it.each<[string, (userId: number, username: string) => Promise<unknown>]>([
  [
    "a changed address",
    (userId) =>
      updateAccount(admin, { userId, email: `moved-${randomBytes(5).toString("hex")}@example.net` }),
  ],
  ["deactivation", (userId) => setUsersActive(admin, { userIds: [userId], isActive: false })],
  ["a temporary password", (userId) => resetPassword(admin, { userId })],
])("is ended by %s", async (_, change) => {
  const { userId, username, token } = await invite();
  await change(userId, username);
  expect(await isDead(token)).toBe(true);
  await setUsersActive(admin, { userIds: [userId], isActive: true });
  expect(await isDead(token)).toBe(true);
});

it("keeps somebody who was invited from signing in and from asking for another link", async () => {
  const { userId, username, email } = await invite();
  for (const password of ["", "none", CHOSEN]) {
    await expect(signIn(username, password)).rejects.toMatchObject({ code: "unauthenticated" });
  }
  await requestPasswordReset(email);
  await eventually("the request is gone", async () => {
    const rows = await database().select().from(mailMessages).where(eq(mailMessages.address, email));
    return rows.every(({ kind }) => kind === "invitation");
  });
  expect(mailing.server.received.filter(({ to }) => to.includes(email))).toHaveLength(1);
  const filter = { search: username, globalRole: null, companyId, companyRole: null, mfa: null };
  const listed = await readUsers(admin, { ...filter, state: "invited" }, { companyId, after: null });
  expect(listed.users.map(({ id }) => id)).toEqual([userId]);
});

it("says the same of a link that never was, and opens no other kind of link", async () => {
  const { token } = await invite();
  await expect(accept("unknown")).rejects.toMatchObject({
    message:
      "This link has expired, was replaced, or was already used. Ask your administrator for a new invitation.",
  });
  expect(await findLinkOwner("password-reset", token)).toBeNull();
  await expect(choosePasswordByLink("password-reset", token, CHOSEN, from)).rejects.toMatchObject({
    code: "not_found",
  });
});

it("sends nothing when the user cannot be made, and nothing of a link that was replaced before it was sent", async () => {
  const { email, userId } = await invite();
  const count = async () => (await database().select().from(mailMessages)).length;
  const before = await count();
  const again = { username: `x${randomBytes(5).toString("hex")}`, email, globalRole: "User" as const };
  await expect(
    createUser(admin, { ...again, memberships: [{ companyId, role: "User" }], access: "invitation" }),
  ).rejects.toMatchObject({ code: "conflict" });
  expect(await count()).toBe(before);
  mailing.server.refuse({ step: "message", code: 451, words: "Try later" });
  await resendInvitation(admin, { userId });
  const waiting = async () => database().select().from(mailMessages).where(eq(mailMessages.userId, userId));
  await eventually("it is refused", async () =>
    (await waiting()).some(({ lastStatus }) => lastStatus === 451),
  );
  await resendInvitation(admin, { userId });
  mailing.server.refuse(null);
  await database().execute("update queue_entries set run_at = now() where queue = 'mail'");
  await eventually("one is sent and one dropped", async () => {
    const states = (await waiting()).map(({ state }) => state).toSorted();
    return JSON.stringify(states) === JSON.stringify(["done", "done", "dropped"]);
  });
  expect((await mailing.to(email, 2)).length).toBe(2);
});

it("shows the administrator why its mail is not sent", async () => {
  const { userId } = await invite();
  expect((await readUser(admin, userId)).invitation).not.toHaveProperty("trouble");
  const troubleBy = async (code: number) => {
    mailing.server.refuse({ step: "recipient", code, words: "No" });
    await resendInvitation(admin, { userId });
    let trouble: string | undefined;
    await eventually("it is refused", async () => {
      const told = (await readUser(admin, userId)).invitation?.trouble;
      trouble = told && inEnglish(told);
      return trouble?.includes(String(code)) ?? false;
    });
    return trouble;
  };
  expect(await troubleBy(451)).toBe(
    "The email hasn't been sent yet. The mail server refused the recipient (451).",
  );
  expect(await troubleBy(550)).toBe(
    "The email couldn't be sent. The mail server refused the recipient (550).",
  );
});

it("is out of reach for other companies' administrators, and without mail", async () => {
  const { userId } = await invite();
  const other = (await createCompany(operatorActor("command line"), { name: "Elsewhere" })).id;
  const stranger = await contextOf(await makeUser("User", [{ companyId: other, role: "CompanyAdmin" }]));
  const plain = await contextOf(await makeUser("User", [{ companyId, role: "User" }]));
  for (const service of [resendInvitation, revokeInvitation]) {
    await expect(service(stranger, { userId })).rejects.toMatchObject({ code: "not_found" });
    await expect(service(plain, { userId })).rejects.toMatchObject({ code: "not_found" });
  }
  const { SMTP_URL, MAIL_FROM } = process.env;
  setMailEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
  try {
    await expect(resendInvitation(admin, { userId })).rejects.toMatchObject({ code: "conflict" });
    await expect(invite()).rejects.toMatchObject({ code: "conflict", fields: [{ field: "access" }] });
  } finally {
    setMailEnv({ SMTP_URL, MAIL_FROM });
  }
});
