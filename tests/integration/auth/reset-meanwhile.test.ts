import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { beforeAll, expect, test } from "vitest";
import { database, type Transaction } from "@/db/client";
import { updateUser } from "@/db/queries/global/users";
import { findMail, insertMail } from "@/db/queries/mail/messages";
import { endLinksOf } from "@/db/queries/users/one-time-tokens";
import { storeMfaSecret } from "@/db/queries/users/mfa";
import { auditLog } from "@/db/schema/logs";
import { oneTimeTokens } from "@/db/schema/users";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";
import { endSessionsOf, readSession } from "@/lib/services/auth/sessions";
import { finishSignIn } from "@/lib/services/auth/second-step";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { operatorContext } from "@/lib/services/context";
import { resolveMail } from "@/lib/services/mail/resolve-mail";
import { confirmMfa, offerMfa } from "@/lib/services/mfa/own-mfa";
import { newTotpSecret, sealTotpSecret } from "@/lib/services/mfa/totp";
import { choosePasswordByLink } from "@/lib/services/passwords/password-link";
import { grantAccess, prepareAccess } from "@/lib/services/users/grant-access";
import {
  GOOD_PASSWORD,
  makeUser,
  passwordLinkFor,
  preparePeople,
  secondStep,
} from "../../support/sign-in-people";

type User = Awaited<ReturnType<typeof makeUser>>;

const CHOSEN = "Seven 7 Lighthouses";
const from = {
  address: "192.0.2.9",
  userAgent: null,
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};

const signIn = ({ username: login }: User, password: string) =>
  signInWithPassword({ ...from, login, password });

async function sessionOf(user: User) {
  const outcome = await signIn(user, GOOD_PASSWORD);
  return (await readSession(outcome.step === "done" ? outcome.sessionId : ""))!;
}

const actorOf = ({ id, username }: User) => ({ actorUserId: id, actorName: username, address: null });

/** What comes of the work when this is done while it is about to touch the user, whom it has read before. */
async function outcomeWith<Result>(
  user: User,
  work: () => Promise<Result>,
  meanwhile: (tx: Transaction) => Promise<unknown>,
): Promise<PromiseSettledResult<Result>> {
  let working: Promise<PromiseSettledResult<Result>[]> | undefined;
  await database().transaction(async (tx) => {
    const [holder] = await tx.execute<{ pid: number }>(
      sql`select pg_backend_pid() as pid from app_auth_users where id = ${user.id} for update`,
    );
    working = Promise.allSettled([work()]);
    const waiting = sql`select from pg_stat_activity where ${holder!.pid} = any (pg_blocking_pids(pid))`;
    await expect.poll(() => database().execute(waiting)).toHaveLength(1);
    await meanwhile(tx);
  });
  const [outcome] = await working!;
  return outcome!;
}

/** As an administrator resets a password; gives the temporary one. */
async function reset(tx: Transaction, user: User): Promise<string> {
  const prepared = await prepareAccess(operatorContext("command line"), {
    username: user.username,
    email: user.email,
  });
  await endSessionsOf(tx, user.id);
  return (await grantAccess(tx, user.id, prepared)).temporaryPassword!;
}

beforeAll(preparePeople);

test("a password that an administrator resets stays so, whatever change of it is under way", async () => {
  const user = await makeUser();
  const { sessionId } = await sessionOf(user);
  const owner = { userId: user.id, username: user.username, email: user.email, sessionId };
  const change = { currentPassword: GOOD_PASSWORD, newPassword: CHOSEN };
  let temporary = "";
  const outcome = await outcomeWith(
    user,
    () => changeOwnPassword(actorOf(user), owner, change),
    async (tx) => (temporary = await reset(tx, user)),
  );
  expect(outcome).toMatchObject({ reason: { code: "invalid", fields: [{ field: "currentPassword" }] } });
  await expect(signIn(user, CHOSEN)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(
    (await readSession(((await signIn(user, temporary)) as { sessionId: string }).sessionId))?.pending,
  ).toBe("change-password");
  const rows = await database()
    .select()
    .from(auditLog)
    .where(eq(auditLog.targetId, String(user.id)));
  expect(rows.map(({ action, outcome: how }) => [action, how])).toEqual([
    ["user.change-own-password", "failure"],
  ]);
});

test("so does one that is reset while a link is used, and neither waits for the other", async () => {
  const user = await makeUser();
  const token = await passwordLinkFor(user.id);
  const outcome = await outcomeWith(
    user,
    () => choosePasswordByLink("password-reset", token, CHOSEN, from),
    (tx) => reset(tx, user),
  );
  expect(outcome).toMatchObject({ reason: { code: "not_found" } });
  await expect(signIn(user, CHOSEN)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a password that is reset meanwhile leads to no second step", async () => {
  const user = await makeUser(secondStep().columns);
  const outcome = await outcomeWith(
    user,
    () => signIn(user, GOOD_PASSWORD),
    (tx) => reset(tx, user),
  );
  expect(outcome).toMatchObject({ reason: { code: "unauthenticated" } });
  const tickets = await database().select().from(oneTimeTokens).where(eq(oneTimeTokens.userId, user.id));
  expect(tickets).toEqual([]);
});

test("a second step that is set up meanwhile is not replaced without a code of it", async () => {
  const user = await makeUser();
  const session = await sessionOf(user);
  const { secret, offer } = await offerMfa(session);
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  const outcome = await outcomeWith(
    user,
    () => confirmMfa(actorOf(user), session, { offer, code, currentCode: "" }),
    (tx) => storeMfaSecret(tx, user.id, sealTotpSecret(newTotpSecret()), 0),
  );
  expect(outcome).toMatchObject({ reason: { code: "invalid", fields: [{ field: "currentCode" }] } });
});

test("a link for a new password is not made for an address that is replaced meanwhile", async () => {
  const user = await makeUser();
  const request = { messageId: randomUUID(), kind: "password-reset", userId: null, address: user.email };
  const mailId = await database().transaction((tx) =>
    insertMail(tx, { ...request, params: {}, expiresAt: null }),
  );
  const mail = (await findMail(mailId))!;
  const outcome = await outcomeWith(
    user,
    () => database().transaction((tx) => resolveMail(tx, mail)),
    async (tx) => {
      await updateUser(tx, user.id, { email: `moved-${user.email}` });
      await endLinksOf(tx, user.id);
    },
  );
  expect(outcome).toMatchObject({ value: { nobody: true } });
  const links = await database().select().from(oneTimeTokens).where(eq(oneTimeTokens.userId, user.id));
  expect(links).toEqual([]);
});

test("so does one that is reset while the code is looked at, and neither waits for the other", async () => {
  const { columns, codeAt } = secondStep();
  const user = await makeUser(columns);
  const { ticket } = (await signIn(user, GOOD_PASSWORD)) as { ticket: string };
  const outcome = await outcomeWith(
    user,
    () => finishSignIn({ ...from, ticket, code: codeAt() }),
    (tx) => reset(tx, user),
  );
  expect(outcome).toMatchObject({ reason: { code: "unauthenticated" } });
});
