import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { insertToken } from "@/db/queries/users/one-time-tokens";
import { auditLog } from "@/db/schema/logs";
import { oneTimeTokens, userSessions, users } from "@/db/schema/users";
import { inEnglish } from "@/lib/english";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";
import { finishSignIn, MAX_CODE_TRIES } from "@/lib/services/auth/second-step";
import {
  endOtherSessions,
  endOwnSession,
  endSessionsOf,
  listOwnSessions,
  noteActivity,
  readSession,
} from "@/lib/services/auth/sessions";
import {
  SIGN_IN_REFUSED,
  signInWithPassword,
  ticketDigest,
  type SignInOutcome,
} from "@/lib/services/auth/sign-in";
import { GOOD_PASSWORD, makeUser, preparePeople, secondStep } from "../../support/sign-in-people";

const from = {
  address: "192.0.2.9",
  userAgent: "test",
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};

const signIn = (login: string, password = GOOD_PASSWORD) => signInWithPassword({ ...from, login, password });

function sessionOf(outcome: SignInOutcome): string {
  if (outcome.step !== "done") throw new Error("a second step is asked for");
  return outcome.sessionId;
}

function ticketOf(outcome: SignInOutcome): string {
  if (outcome.step === "done") throw new Error("no second step is asked for");
  return outcome.ticket;
}

async function refusalOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
  throw new Error("it was not refused");
}

beforeAll(preparePeople);

describe("the password", () => {
  test("opens a session by username or e-mail address in any case, with an audit row", async () => {
    const user = await makeUser();
    for (const login of [user.username.toUpperCase(), ` ${user.email.toUpperCase()} `]) {
      const sessionId = sessionOf(await signIn(login));
      expect((await readSession(sessionId))?.userId).toBe(user.id);
    }
    const rows = await database()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.actorUserId, user.id), eq(auditLog.action, "session.sign-in")));
    expect(rows.map((row) => row.outcome)).toEqual(["success", "success"]);
  });

  test("its audit row tells whether the person has signed in with that browser before", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const of = (userId: number) => ({ id: "b", signIns: [{ userId, at: Date.now() }] });
    for (const browser of [null, of(other.id), of(user.id)]) {
      await signInWithPassword({ ...from, browser, login: user.username, password: GOOD_PASSWORD });
    }
    const rows = await database()
      .select({ after: auditLog.after })
      .from(auditLog)
      .where(and(eq(auditLog.actorUserId, user.id), eq(auditLog.action, "session.sign-in")))
      .orderBy(auditLog.seq);
    expect(rows.map(({ after }) => (after as { isKnownBrowser: boolean }).isKnownBrowser)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("is refused alike for an unknown user, a wrong password and an inactive account", async () => {
    const active = await makeUser();
    const inactive = await makeUser({ isActive: false });
    const refusals = await Promise.all([
      refusalOf(signIn("nobody-of-that-name")),
      refusalOf(signIn(active.username, "wrong")),
      refusalOf(signIn(inactive.username)),
    ]);
    expect(refusals).toEqual(Array(3).fill({ code: "unauthenticated", message: inEnglish(SIGN_IN_REFUSED) }));
  });

  test("keeps a typed login in the trail only if it names a user, and a code of any other", async () => {
    const user = await makeUser();
    const typed = `Pa$$w0rd in the wrong field ${user.id}`;
    // Other suites write to the same trail.
    const address = `2001:db8::${user.id.toString(16)}`;
    for (const login of [typed, ` ${typed.toUpperCase()}`, `${typed}?`]) {
      await refusalOf(signInWithPassword({ ...from, address, login, password: "wrong" }));
    }
    await refusalOf(signIn(` ${user.email.toUpperCase()}`, "wrong"));
    const rows = await database()
      .select({ after: auditLog.after, text: sql<string>`audit_log::text` })
      .from(auditLog)
      .where(sql`address = ${address} or actor_user_id = ${user.id}`)
      .orderBy(auditLog.seq);
    const code = expect.stringMatching(/^[\w-]{6}$/);
    expect(rows.map(({ after }) => after)).toEqual([
      ...Array(3).fill({ reason: "wrong", loginCode: code }),
      { reason: "wrong", login: user.email.toUpperCase() },
    ]);
    const codes = rows.map(({ after }) => (after as { loginCode?: string }).loginCode);
    expect(codes[1]).toBe(codes[0]);
    expect(codes[2]).not.toBe(codes[0]);
    expect(rows.filter(({ text }) => /wrong field/i.test(text))).toEqual([]);
  });

  test.each(["\0", "a\0b", "\ud800", "x".repeat(5000), "' or 1=1 --"])(
    "no login text %j breaks it",
    async (login) => {
      expect((await refusalOf(signIn(login))).code).toBe("unauthenticated");
    },
  );

  test("ends the session this browser had before", async () => {
    const user = await makeUser();
    const first = sessionOf(await signIn(user.username));
    await signInWithPassword({
      ...from,
      login: user.username,
      password: GOOD_PASSWORD,
      replacedSessionId: first,
    });
    expect(await readSession(first)).toBeNull();
  });

  test("ends the session that somebody else had in this browser, which the trail tells", async () => {
    const [before, user] = [await makeUser(), await makeUser()];
    const replacedSessionId = sessionOf(await signIn(before.username));
    const kept = sessionOf(await signIn(before.username));
    const attempt = { ...from, login: user.username, password: GOOD_PASSWORD, replacedSessionId };
    const opened = sessionOf(await signInWithPassword(attempt));
    expect(await readSession(replacedSessionId)).toBeNull();
    expect((await readSession(kept))?.userId).toBe(before.id);
    expect((await readSession(opened))?.userId).toBe(user.id);
    const rows = await database()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.actorUserId, user.id), eq(auditLog.action, "session.end")));
    expect(rows).toMatchObject([
      { targetType: "session", targetId: replacedSessionId, targetName: before.username },
    ]);
  });

  test("a hash of another work factor is renewed by the right password and still fits", async () => {
    const bcrypt = await import("bcrypt");
    const user = await makeUser({ password: await bcrypt.default.hash(GOOD_PASSWORD, 5) });
    await signIn(user.username);
    const [stored] = await database()
      .select({ password: users.password })
      .from(users)
      .where(eq(users.id, user.id));
    expect(stored!.password).toMatch(/^\$2b\$04\$/);
    sessionOf(await signIn(user.username));
  });
});

describe("the second step", () => {
  test("opens a session by the app's code; code and ticket work once", async () => {
    const mfa = secondStep();
    const user = await makeUser(mfa.columns);
    const code = mfa.codeAt();
    const ticket = ticketOf(await signIn(user.username));
    const { sessionId } = await finishSignIn({ ...from, ticket, code });
    expect((await readSession(sessionId))?.userId).toBe(user.id);
    expect((await refusalOf(finishSignIn({ ...from, ticket, code }))).code).toBe("unauthenticated");
    const second = ticketOf(await signIn(user.username));
    expect((await refusalOf(finishSignIn({ ...from, ticket: second, code }))).code).toBe("invalid");
  });

  test("of many at once with the same code, one gets in", async () => {
    const mfa = secondStep();
    const user = await makeUser(mfa.columns);
    const code = mfa.codeAt();
    const tickets = await Promise.all(
      Array.from({ length: 6 }, async () => ticketOf(await signIn(user.username))),
    );
    const results = await Promise.allSettled(
      tickets.map((ticket) => finishSignIn({ ...from, ticket, code })),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });

  test("five wrong codes, also at once, use the ticket up: the right one comes too late", async () => {
    const mfa = secondStep();
    const user = await makeUser(mfa.columns);
    const ticket = ticketOf(await signIn(user.username));
    const wrong = Array.from({ length: 12 }, () =>
      refusalOf(finishSignIn({ ...from, ticket, code: "000000x" })),
    );
    const codes = (await Promise.all(wrong)).map((refusal) => refusal.code);
    expect(codes.filter((code) => code === "invalid")).toHaveLength(MAX_CODE_TRIES - 1);
    expect((await refusalOf(finishSignIn({ ...from, ticket, code: mfa.codeAt() }))).code).toBe(
      "unauthenticated",
    );
  });

  test("a ticket over its time, of a changed password or of a deactivated user opens nothing", async () => {
    const mfa = secondStep();
    const user = await makeUser(mfa.columns);
    const late = ticketOf(await signIn(user.username));
    await database()
      .update(oneTimeTokens)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(oneTimeTokens.tokenDigest, ticketDigest(late)));
    const stale = ticketOf(await signIn(user.username));
    await database().transaction((tx) => endSessionsOf(tx, user.id));
    const inactive = ticketOf(await signIn(user.username));
    await database().update(users).set({ isActive: false }).where(eq(users.id, user.id));
    for (const ticket of [late, stale, inactive]) {
      expect((await refusalOf(finishSignIn({ ...from, ticket, code: mfa.codeAt() }))).code).toBe(
        "unauthenticated",
      );
    }
  });

  test("a password-reset token is no ticket", async () => {
    const mfa = secondStep();
    const user = await makeUser(mfa.columns);
    const token = { userId: user.id, purpose: "password-reset", createdByUserId: null } as const;
    const expiresAt = new Date(Date.now() + 60_000);
    await database().transaction((tx) =>
      insertToken(tx, { ...token, tokenDigest: ticketDigest("reset"), expiresAt }),
    );
    expect((await refusalOf(finishSignIn({ ...from, ticket: "reset", code: mfa.codeAt() }))).code).toBe(
      "unauthenticated",
    );
  });
});

describe("a session", () => {
  test("ends at the next request when revoked, expired, idle, deactivated or of an old version", async () => {
    const user = await makeUser();
    const open = async () => sessionOf(await signIn(user.username));
    const [revoked, expired, idle] = [await open(), await open(), await open()];
    await endOwnSession({ actorUserId: user.id, actorName: null, address: null }, user.id, revoked);
    await database()
      .update(userSessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(userSessions.id, expired));
    await database()
      .update(userSessions)
      .set({ lastSeenAt: sql`now() - interval '481 minutes'` })
      .where(eq(userSessions.id, idle));
    expect(await Promise.all([revoked, expired, idle].map((id) => readSession(id)))).toEqual([
      null,
      null,
      null,
    ]);
    const live = await open();
    await database().update(users).set({ isActive: false }).where(eq(users.id, user.id));
    expect(await readSession(live)).toBeNull();
    await database().update(users).set({ isActive: true }).where(eq(users.id, user.id));
    expect(await readSession(live)).not.toBeNull();
    await database().transaction((tx) => endSessionsOf(tx, user.id));
    expect(await readSession(live)).toBeNull();
  });

  test("is not kept awake by being looked at, only by what its owner does", async () => {
    const user = await makeUser();
    const sessionId = sessionOf(await signIn(user.username));
    const seen = async () => (await readSession(sessionId))!.lastSeenAt.getTime();
    const idleFor = (minutes: number) =>
      database()
        .update(userSessions)
        .set({ lastSeenAt: new Date(Date.now() - minutes * 60_000) })
        .where(eq(userSessions.id, sessionId));
    await idleFor(479);
    const before = await seen();
    for (let look = 0; look < 3; look += 1) expect(await seen()).toBe(before);
    await noteActivity({ sessionId, lastSeenAt: new Date(before) }, before + 60_000);
    expect(await seen()).toBe(before);
    await noteActivity({ sessionId, lastSeenAt: new Date(before) }, before + 60_001);
    expect(await seen()).toBeGreaterThan(before);
    await idleFor(481);
    expect(await readSession(sessionId)).toBeNull();
  });

  test("a remembered one may idle", async () => {
    const user = await makeUser();
    const outcome = await signInWithPassword({
      ...from,
      login: user.username,
      password: GOOD_PASSWORD,
      isRemembered: true,
    });
    await database()
      .update(userSessions)
      .set({ lastSeenAt: sql`now() - interval '9 days'` })
      .where(eq(userSessions.id, sessionOf(outcome)));
    expect(await readSession(sessionOf(outcome))).not.toBeNull();
  });

  test("of another person cannot be ended", async () => {
    const [mine, theirs] = [await makeUser(), await makeUser()];
    const session = sessionOf(await signIn(theirs.username));
    const actor = { actorUserId: mine.id, actorName: null, address: null };
    expect((await refusalOf(endOwnSession(actor, mine.id, session))).code).toBe("not_found");
    expect(await readSession(session)).not.toBeNull();
  });

  test.each(["", "x", "7", "\0"])("of the id %j is one that has ended", async (sessionId) => {
    const { id } = await makeUser();
    const ending = endOwnSession({ actorUserId: id, actorName: null, address: null }, id, sessionId);
    expect((await refusalOf(ending)).code).toBe("not_found");
  });

  test("ending all others keeps the present one, and so does a change of password", async () => {
    const user = await makeUser();
    const open = async () => sessionOf(await signIn(user.username));
    const [kept, other] = [await open(), await open()];
    const actor = { actorUserId: user.id, actorName: user.username, address: null };
    expect(await endOtherSessions(actor, user.id, kept)).toBe(1);
    expect(await readSession(other)).toBeNull();
    const third = await open();
    const owner = { userId: user.id, username: user.username, email: user.email, sessionId: kept };
    await changeOwnPassword(actor, owner, {
      currentPassword: GOOD_PASSWORD,
      newPassword: "Another 9 Lighthouses",
    });
    expect(await readSession(third)).toBeNull();
    expect((await listOwnSessions(user.id)).map(({ id }) => id)).toEqual([kept]);
    expect((await refusalOf(signIn(user.username))).code).toBe("unauthenticated");
    sessionOf(await signIn(user.username, "Another 9 Lighthouses"));
  });
});
