import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/logs";
import { mailMessages, pendingRegistrations } from "@/db/schema/mail";
import { users } from "@/db/schema/users";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { findLinkOwner, choosePasswordByLink } from "@/lib/services/passwords/password-link";
import { requestPasswordReset } from "@/lib/services/passwords/request-password-reset";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { confirmRegistration, readRegistration } from "@/lib/services/registration/confirm-registration";
import { register } from "@/lib/services/registration/register";
import { deleteOldMail } from "@/lib/services/retention/delete-old-mail";
import { setSettings } from "../../support/aged-records";
import { linkIn, provideMail, PUBLIC_ADDRESS, setMailEnv } from "../../support/mailing";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { GOOD_PASSWORD, makeUser, preparePeople } from "../../support/sign-in-people";

provideOwnDatabase();
const mailing = provideMail();
let queue: RunningQueue;

beforeAll(async () => {
  await preparePeople();
  await setSettings({ allowRegistration: true, timeZone: "UTC" });
  queue = startQueue([mailSender]);
});
afterAll(() => queue.stop());

function newcomer() {
  const username = `n${randomBytes(6).toString("hex")}`;
  return { username, email: `${username}@example.net`, newPassword: GOOD_PASSWORD };
}

const usersOf = (email: string) =>
  database()
    .select()
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`);

const confirm = (token: string, password = GOOD_PASSWORD) =>
  confirmRegistration({ token, password, address: "192.0.2.1" });

const tokenIn = (link: URL) => link.searchParams.get("token")!;

it("makes a registered account only when the link of its mail is used, once", async () => {
  const person = newcomer();
  await register(person, "192.0.2.1");
  expect(await usersOf(person.email)).toEqual([]);
  const [received] = await mailing.to(person.email);
  const link = linkIn(received!, "/confirm-registration");
  expect(link.origin).toBe(PUBLIC_ADDRESS);
  expect(received!.mail.subject).toBe("WinAuthMon: Confirm your email address");
  const token = tokenIn(link);
  expect(await readRegistration(token)).toEqual({ username: person.username, email: person.email });
  await confirm(token);
  expect(await usersOf(person.email)).toMatchObject([
    { username: person.username, isActive: false, isSelfRegistered: true },
  ]);
  await expect(confirm(token)).rejects.toMatchObject({ code: "not_found" });
  expect(await readRegistration(token)).toBeNull();
});

it("makes one account of a link that is used several times at once, and none while registration is off", async () => {
  const person = newcomer();
  await register(person, "x");
  const [received] = await mailing.to(person.email);
  const token = tokenIn(linkIn(received!, "/confirm-registration"));
  await setSettings({ allowRegistration: false });
  await expect(confirm(token)).rejects.toMatchObject({ code: "not_found" });
  await setSettings({ allowRegistration: true });
  const uses = await Promise.allSettled(Array.from({ length: 5 }, () => confirm(token)));
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await usersOf(person.email)).toHaveLength(1);
});

it("makes no account for the owner of an address who has another password than the one who registered it", async () => {
  const person = newcomer();
  await register(person, "x");
  const [received] = await mailing.to(person.email);
  const token = tokenIn(linkIn(received!, "/confirm-registration"));
  for (const password of ["", "Another-Harbour-48-lamps", GOOD_PASSWORD.toUpperCase()]) {
    await expect(confirm(token, password)).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "password" }],
    });
  }
  expect(await usersOf(person.email)).toEqual([]);
  const refusals = await database()
    .select({ after: auditLog.after })
    .from(auditLog)
    .where(sql`action = 'user.register' and outcome = 'failure' and after->>'email' = ${person.email}`);
  expect(refusals).toEqual(Array(3).fill({ after: { reason: "wrong", email: person.email } }));
  await confirm(token);
  expect(await usersOf(person.email)).toHaveLength(1);
});

it("makes no account while the address is in no listed domain, even if it was asked for before", async () => {
  const person = newcomer();
  await register(person, "x");
  const [received] = await mailing.to(person.email);
  const token = tokenIn(linkIn(received!, "/confirm-registration"));
  await setSettings({ restrictEmailDomains: true });
  await expect(confirm(token)).rejects.toMatchObject({ code: "conflict" });
  expect(await usersOf(person.email)).toEqual([]);
  await setSettings({ restrictEmailDomains: false });
  await confirm(token);
  expect(await usersOf(person.email)).toHaveLength(1);
});

it("tells the owner of an address that somebody registers again, and keeps nothing of the attempt", async () => {
  const existing = await makeUser();
  await register({ ...newcomer(), email: existing.email.toUpperCase() }, "x");
  const [received] = await mailing.to(existing.email);
  expect(received!.mail.subject).toBe("WinAuthMon: You already have an account");
  expect(received!.mail.text).toContain(existing.username);
  await eventually("nothing is pending", async () => {
    const pending = await database().select().from(pendingRegistrations);
    return !pending.some(({ email }) => email.toLowerCase() === existing.email.toLowerCase());
  });
});

it("sends a link for a new password to the account's own address, whatever spelling was typed", async () => {
  const user = await makeUser();
  await requestPasswordReset(` ${user.email.toUpperCase()} `);
  const [received] = await mailing.to(user.email);
  const token = tokenIn(linkIn(received!, "/reset-password"));
  expect(await findLinkOwner("password-reset", token)).toMatchObject({ userId: user.id });
  await choosePasswordByLink("password-reset", token, "Another-Harbour-48-lamps", {
    address: "192.0.2.1",
    userAgent: null,
  });
  expect(await findLinkOwner("password-reset", token)).toBeNull();
});

it("answers alike for an address without an account, sends nothing and keeps nothing", async () => {
  const address = newcomer().email;
  await expect(requestPasswordReset(address)).resolves.toBeUndefined();
  await eventually("the request is gone", async () => {
    const rows = await database().select().from(mailMessages).where(eq(mailMessages.address, address));
    return rows.length === 0;
  });
  expect(mailing.server.received.some(({ to }) => to.includes(address))).toBe(false);
});

it("sends nothing to an inactive account", async () => {
  const user = await makeUser({ isActive: false });
  await requestPasswordReset(user.email);
  await eventually("the request is gone", async () => {
    const rows = await database().select().from(mailMessages).where(eq(mailMessages.address, user.email));
    return rows.length === 0;
  });
  expect(mailing.server.received.some(({ to }) => to.includes(user.email))).toBe(false);
});

it("tries again after a temporary refusal, under the same Message-ID, and sends no expired link", async () => {
  const [late, over] = [newcomer(), newcomer()];
  mailing.server.refuse({ step: "message", code: 451, words: "Try later" });
  await register(late, "x");
  await register(over, "x");
  const rowOf = async (email: string) =>
    (await database().select().from(mailMessages).where(eq(mailMessages.address, email)))[0]!;
  await eventually("both are refused once", async () =>
    (await Promise.all([late, over].map(({ email }) => rowOf(email)))).every((row) => row.attemptCount > 0),
  );
  await database()
    .update(pendingRegistrations)
    .set({ expiresAt: new Date(Date.now() - 1_000) })
    .where(eq(pendingRegistrations.email, over.email));
  mailing.server.refuse(null);
  await database().execute(sql`update queue_entries set run_at = now() where queue = 'mail'`);
  const [received] = await mailing.to(late.email);
  expect(received!.mail.messageId).toBe(`<${(await rowOf(late.email)).messageId}@example.com>`);
  await eventually("the other is dropped", async () => (await rowOf(over.email)).state === "dropped");
  expect(mailing.server.received.some(({ to }) => to.includes(over.email))).toBe(false);
});

it("deletes old mails and registrations that nobody confirmed", async () => {
  const person = newcomer();
  await register(person, "x");
  await mailing.to(person.email);
  await database()
    .update(pendingRegistrations)
    .set({ expiresAt: new Date(0) });
  await database()
    .update(mailMessages)
    .set({ createdAt: new Date(0) });
  await deleteOldMail(new AbortController().signal, Date.now());
  expect(await database().select().from(pendingRegistrations)).toEqual([]);
  expect(await database().select().from(mailMessages)).toEqual([]);
});

it("makes the account at once where mail is not set up, and offers no link", async () => {
  const { SMTP_URL, MAIL_FROM } = process.env;
  setMailEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
  try {
    const person = newcomer();
    await register(person, "x");
    expect(await usersOf(person.email)).toHaveLength(1);
    await expect(requestPasswordReset(person.email)).rejects.toMatchObject({ code: "not_found" });
  } finally {
    setMailEnv({ SMTP_URL, MAIL_FROM });
  }
});
