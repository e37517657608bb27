import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { database } from "@/db/client";
import { userSessions } from "@/db/schema/users";
import { processState } from "@/lib/process-state";
import { assertFreshProof, ProofNeeded } from "@/lib/server/auth/step-up";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";
import { proveIdentity } from "@/lib/services/auth/prove-identity";
import { finishSignIn } from "@/lib/services/auth/second-step";
import { readSession, type LiveSession } from "@/lib/services/auth/sessions";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { hashPassword } from "@/lib/services/passwords/hash-password";
import { inHashQueue, PORTAL_TURN } from "@/lib/services/passwords/password-queue";
import type { FairQueue } from "@/lib/services/reports/fair-queue";
import { resetPassword } from "@/lib/services/users/reset-access";
import { contextOf, makeUser as makePerson } from "../../support/people";
import { GOOD_PASSWORD, makeUser, preparePeople, secondStep } from "../../support/sign-in-people";

const from = {
  address: "192.0.2.11",
  userAgent: null,
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};
const actorOf = ({ userId, username }: LiveSession) => ({
  actorUserId: userId,
  actorName: username,
  address: from.address,
});
const MINUTE = 60_000;

async function signedIn(username: string): Promise<LiveSession> {
  const outcome = await signInWithPassword({ ...from, login: username, password: GOOD_PASSWORD });
  return (await readSession(outcome.step === "done" ? outcome.sessionId : ""))!;
}

async function ageProof({ sessionId }: LiveSession, minutes: number): Promise<LiveSession> {
  await database()
    .update(userSessions)
    .set({ provedAt: sql`now() - make_interval(secs => ${minutes * 60})` })
    .where(eq(userSessions.id, sessionId));
  return (await readSession(sessionId))!;
}

async function failuresOf({ userId }: LiveSession): Promise<object[]> {
  const rows = await database().execute<{ after: object }>(
    sql`select after from audit_log where action = 'session.prove' and outcome = 'failure' and actor_user_id = ${userId}`,
  );
  return rows.map(({ after }) => after);
}

beforeAll(preparePeople);

test("a sign-in is a proof for ten minutes and no longer", async () => {
  const session = await signedIn((await makeUser()).username);
  expect(() => assertFreshProof(session)).not.toThrow();
  expect((await ageProof(session, 9.9)).hasFreshProof).toBe(true);
  // Not at the instant itself: a clock that is being set may go back a little.
  const stale = await ageProof(session, 10.1);
  expect(() => assertFreshProof(stale)).toThrow(ProofNeeded);
});

test("the password proves this session alone; a wrong one is audited and proves nothing", async () => {
  const { username } = await makeUser();
  const session = await ageProof(await signedIn(username), 30);
  const other = await ageProof(await signedIn(username), 30);
  await expect(proveIdentity(actorOf(session), session, { password: "not this one" })).rejects.toMatchObject({
    code: "invalid",
    fields: [{ field: "password" }],
  });
  expect((await readSession(session.sessionId))!.hasFreshProof).toBe(false);
  expect(await failuresOf(session)).toEqual([{ reason: "wrong" }]);
  await proveIdentity(actorOf(session), session, { password: GOOD_PASSWORD });
  expect((await readSession(session.sessionId))!.hasFreshProof).toBe(true);
  expect((await readSession(other.sessionId))!.hasFreshProof).toBe(false);
});

test("a code of the app proves as much, once", async () => {
  const { columns, codeAt } = secondStep();
  const user = await makeUser(columns);
  const outcome = await signInWithPassword({ ...from, login: user.username, password: GOOD_PASSWORD });
  const ticket = outcome.step === "second-step" ? outcome.ticket : "";
  const { sessionId } = await finishSignIn({ ...from, ticket, code: codeAt() });
  const session = await ageProof((await readSession(sessionId))!, 30);
  const code = codeAt(Date.now() + MINUTE / 2);
  await proveIdentity(actorOf(session), session, { code });
  expect((await readSession(sessionId))!.hasFreshProof).toBe(true);
  await ageProof(session, 30);
  await expect(proveIdentity(actorOf(session), session, { code })).rejects.toMatchObject({ code: "invalid" });
  expect((await readSession(sessionId))!.hasFreshProof).toBe(false);
  expect(await failuresOf(session)).toEqual([{ reason: "wrong code" }]);
});

test("no code proves anything for somebody without a second step", async () => {
  const session = await ageProof(await signedIn((await makeUser()).username), 30);
  await expect(proveIdentity(actorOf(session), session, { code: "123456" })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("changing the own password, which asks for the present one, is a proof", async () => {
  const session = await ageProof(await signedIn((await makeUser()).username), 30);
  const change = { currentPassword: GOOD_PASSWORD, newPassword: "Another-Harbour-48-lamps" };
  await changeOwnPassword(actorOf(session), session, change);
  expect((await readSession(session.sessionId))!.hasFreshProof).toBe(true);
});

test("neither a proof nor a reset takes a turn of the portal, which may have none left", async () => {
  const session = await signedIn((await makeUser()).username);
  const admin = await contextOf(await makePerson("GlobalAdmin"));
  const target = await makePerson("User");
  const { queue } = processState("hash-queue", (): { queue: FairQueue } => {
    throw new Error("The queue of passwords is not there.");
  });
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  const filling = Promise.allSettled(Array.from({ length: 60 }, () => inHashQueue(PORTAL_TURN, () => held)));
  const asked: Promise<unknown>[] = [];
  try {
    await expect(hashPassword(GOOD_PASSWORD, PORTAL_TURN)).rejects.toMatchObject({ code: "limited" });
    const waitingBefore = queue.counts.waiting;
    asked.push(
      proveIdentity(actorOf(session), session, { password: GOOD_PASSWORD }),
      resetPassword(admin, { userId: target.id }),
    );
    await expect.poll(() => queue.counts.waiting).toBe(waitingBefore + 2);
  } finally {
    release();
    await Promise.allSettled([...asked, filling]);
  }
  await Promise.all(asked);
});
