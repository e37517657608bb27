import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { mailMessages } from "@/db/schema/mail";
import { operatorActor } from "@/lib/services/audit/actor";
import { inEnglish } from "@/lib/english";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";
import { finishSignIn } from "@/lib/services/auth/second-step";
import { readSession } from "@/lib/services/auth/sessions";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { createCompany } from "@/lib/services/companies/create-company";
import type { ServiceContext } from "@/lib/services/context";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { tellPasswordChanged } from "@/lib/services/mail/security-notices";
import { disableMfa } from "@/lib/services/mfa/own-mfa";
import { choosePasswordByLink } from "@/lib/services/passwords/password-link";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { readAccountNotices } from "@/lib/services/users/account-notices";
import { updateAccount } from "@/lib/services/users/change-account";
import { removeMembership, setGlobalRole, setMembership } from "@/lib/services/users/change-roles";
import { resetMfa, resetPassword } from "@/lib/services/users/reset-access";
import { provideMail, setMailEnv } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser as makePerson } from "../../support/people";
import {
  GOOD_PASSWORD,
  makeUser,
  passwordLinkFor,
  preparePeople,
  secondStep,
} from "../../support/sign-in-people";

provideOwnDatabase();
const mailing = provideMail();
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const CHOSEN = "Another-Harbour-48-lamps";
const from = { address: "203.0.113.7", userAgent: FIREFOX };
let queue: RunningQueue;
let admin: ServiceContext;
let company: { id: number; name: string };

beforeAll(async () => {
  await preparePeople();
  company = await createCompany(operatorActor("command line"), { name: "Harbour" });
  admin = await contextOf(await makePerson("GlobalAdmin"));
  queue = startQueue([mailSender]);
});
afterAll(() => queue.stop());

type User = Awaited<ReturnType<typeof makeUser>>;

const signIn = ({ id, username }: User, { isKnown = false, password = GOOD_PASSWORD } = {}) =>
  signInWithPassword({
    ...from,
    login: username,
    password,
    isRemembered: false,
    browser: isKnown ? { id: "x".repeat(22), signIns: [{ userId: id, at: Date.now() }] } : null,
    replacedSessionId: null,
  });

/** The session of a user who has signed in before, from a browser that is known: so no notice of it. */
async function sessionOf(user: User, code?: string) {
  const outcome = await signIn(user, { isKnown: true });
  const circumstances = { ...from, isRemembered: false, replacedSessionId: null };
  const browser = { id: "x".repeat(22), signIns: [{ userId: user.id, at: Date.now() }] };
  const done =
    outcome.step === "done"
      ? outcome
      : await finishSignIn({ ...circumstances, browser, ticket: outcome.ticket, code: code! });
  return (await readSession(done.sessionId))!;
}

const actorOf = (user: User) => ({ actorUserId: user.id, actorName: user.username, ...from });

const queuedFor = (userId: number) =>
  database()
    .select({ kind: mailMessages.kind, address: mailMessages.address })
    .from(mailMessages)
    .where(eq(mailMessages.userId, userId));

/** The one mail that an address gets: subject without the portal's name, and text. */
async function onlyMailTo(user: { id: number; email: string }) {
  const received = await mailing.to(user.email);
  expect(received).toHaveLength(1);
  expect(await queuedFor(user.id)).toHaveLength(1);
  const { subject, text } = received[0]!.mail;
  return { subject: subject!.replace("WinAuthMon: ", ""), text: text! };
}

const OWN = ["203.0.113.7", "Firefox on Windows", "If it wasn't you, choose a new password now"];

it("tells of a password that was changed: when, from where, by which browser, in the reader's zone", async () => {
  const user = await makeUser({ timeZone: "Asia/Tokyo" });
  const session = await sessionOf(user);
  const change = { currentPassword: GOOD_PASSWORD, newPassword: CHOSEN };
  await expect(
    changeOwnPassword(actorOf(user), session, { ...change, currentPassword: "wrong" }),
  ).rejects.toMatchObject({ code: "invalid" });
  await changeOwnPassword(actorOf(user), session, change);
  const { subject, text } = await onlyMailTo(user);
  expect(subject).toBe("Your password was changed");
  for (const part of [...OWN, user.username, "(Asia/Tokyo)"]) expect(text).toContain(part);
});

it("tells of a password that was chosen by a link, and of one that was reset", async () => {
  const [chooser, other] = [await makeUser(), await makeUser()];
  const token = await passwordLinkFor(chooser.id);
  await choosePasswordByLink("password-reset", token, CHOSEN, from);
  const chosen = await onlyMailTo(chooser);
  expect(chosen.subject).toBe("Your password was changed");
  for (const part of OWN) expect(chosen.text).toContain(part);
  await resetPassword(admin, { userId: other.id });
  const reset = await onlyMailTo(other);
  expect(reset.subject).toBe("Your password was reset");
  expect(reset.text).toContain(`By: ${admin.audit.actorName}`);
  expect(reset.text).not.toContain(admin.audit.address!);
});

it("tells of two-factor authentication that was turned off or reset, and not of one that was off", async () => {
  const step = secondStep();
  const [own, reset, none] = [await makeUser(step.columns), await makeUser(step.columns), await makeUser()];
  const session = await sessionOf(own, step.codeAt());
  await disableMfa(actorOf(own), session, step.codeAt(Date.now() + 30_000));
  const off = await onlyMailTo(own);
  expect(off.subject).toBe("Two-factor authentication was turned off");
  for (const part of OWN) expect(off.text).toContain(part);
  for (const { id } of [reset, none]) await resetMfa(admin, { userId: id });
  expect((await onlyMailTo(reset)).subject).toBe("Your two-factor authentication was reset");
  expect(await queuedFor(none.id)).toEqual([]);
});

it("tells of a sign-in from a new browser, but not of the first ever nor of a known one", async () => {
  const user = await makeUser();
  await signIn(user);
  await signIn(user, { isKnown: true });
  await expect(signIn(user, { password: "wrong" })).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await queuedFor(user.id)).toEqual([]);
  await signIn(user);
  const { subject, text } = await onlyMailTo(user);
  expect(subject).toBe("New sign-in to your account");
  for (const part of OWN) expect(text).toContain(part);
});

it("tells of a sign-in with a second step once, when it is whole", async () => {
  const step = secondStep();
  const user = await makeUser({ ...step.columns, lastSignInAt: new Date() });
  const outcome = await signIn(user);
  expect(await queuedFor(user.id)).toEqual([]);
  const ticket = outcome.step === "second-step" ? outcome.ticket : "";
  const circumstances = { ...from, isRemembered: false, replacedSessionId: null, browser: null };
  await finishSignIn({ ...circumstances, ticket, code: step.codeAt() });
  expect((await onlyMailTo(user)).subject).toBe("New sign-in to your account");
});

it("tells of roles that were raised, lowered, given and taken, by mail and at the next sign-in", async () => {
  const user = await makeUser();
  const where = { userId: user.id, memberCompanyId: company.id };
  await setGlobalRole(admin, { userId: user.id, role: "Admin" });
  await setGlobalRole(admin, { userId: user.id, role: "User" });
  await setMembership(admin, { ...where, role: "User" });
  await setMembership(admin, { ...where, role: "User" });
  await setMembership(admin, { ...where, role: "CompanyAdmin" });
  await removeMembership(admin, where);
  const received = await mailing.to(user.email, 5);
  expect(received.map(({ mail }) => mail.subject!.replace("WinAuthMon: ", "")).toSorted()).toEqual([
    "You were added to Harbour",
    "You were removed from Harbour",
    "Your global role was changed",
    "Your global role was changed",
    "Your role in Harbour was changed",
  ]);
  const raised = received.map(({ mail }) => mail.text!).find((text) => /New role: Administrator/.test(text))!;
  expect(raised).toContain("Previous role: User");
  expect(raised).toContain(`By: ${admin.audit.actorName}`);
  expect(await queuedFor(user.id)).toHaveLength(5);
  const notices = (await readAccountNotices(user.id)).map(({ text }) => inEnglish(text));
  const by = ` by ${admin.audit.actorName}`;
  expect(notices).toEqual([
    `Your global role was changed${by}`,
    `Your global role was changed${by}`,
    `You were added to a company${by}`,
    `Your role in a company was changed${by}`,
    `You were removed from a company${by}`,
  ]);
});

it("tells of a changed address at the old one and the new one, and ends links to the old one", async () => {
  const user = await makeUser();
  const token = await passwordLinkFor(user.id);
  const email = `moved-${randomBytes(5).toString("hex")}@example.org`;
  await updateAccount(admin, { userId: user.id, email });
  await updateAccount(admin, { userId: user.id, email });
  for (const address of [user.email, email]) {
    const [received, ...more] = await mailing.to(address);
    expect(more).toEqual([]);
    expect(received!.mail.subject).toBe("WinAuthMon: Your email address was changed");
    for (const part of [user.email, email]) expect(received!.mail.text).toContain(part);
  }
  expect(await queuedFor(user.id)).toHaveLength(2);
  await expect(choosePasswordByLink("password-reset", token, CHOSEN, from)).rejects.toMatchObject({
    code: "not_found",
  });
});

it("tells nothing of what is rolled back or refused", async () => {
  const user = await makeUser();
  await expect(
    database().transaction(async (tx) => {
      await tellPasswordChanged(tx, { userId: user.id, email: user.email }, { by: null, ...from });
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  const taken = await makeUser();
  await expect(updateAccount(admin, { userId: user.id, email: taken.email })).rejects.toMatchObject({
    code: "conflict",
  });
  const plain = await contextOf(await makePerson("User"));
  await expect(setGlobalRole(plain, { userId: user.id, role: "Admin" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await queuedFor(user.id)).toEqual([]);
});

it("writes no mail while mail is not set up", async () => {
  const { SMTP_URL, MAIL_FROM } = process.env;
  setMailEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
  try {
    const user = await makeUser({ lastSignInAt: new Date() });
    await signIn(user);
    await resetPassword(admin, { userId: user.id });
    expect(await queuedFor(user.id)).toEqual([]);
  } finally {
    setMailEnv({ SMTP_URL, MAIL_FROM });
  }
});
