import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { beforeAll, expect, test } from "vitest";
import { database } from "@/db/client";
import { countUnusedRecoveryCodes } from "@/db/queries/users/mfa";
import { recoveryCodes, users } from "@/db/schema/users";
import { finishSignIn } from "@/lib/services/auth/second-step";
import { readSession, type LiveSession } from "@/lib/services/auth/sessions";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { confirmMfa, disableMfa, offerMfa, renewRecoveryCodes } from "@/lib/services/mfa/own-mfa";
import { GOOD_PASSWORD, makeUser, preparePeople } from "../../support/sign-in-people";

const from = {
  address: "192.0.2.9",
  userAgent: null,
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};
const actorOf = ({ userId }: LiveSession) => ({ actorUserId: userId, actorName: null, address: null });

async function signedIn(columns: Parameters<typeof makeUser>[0] = {}): Promise<LiveSession> {
  const user = await makeUser(columns);
  const outcome = await signInWithPassword({ ...from, login: user.username, password: GOOD_PASSWORD });
  return (await readSession(outcome.step === "done" ? outcome.sessionId : ""))!;
}

/**
 * Code of the present step or the next one, which are good at the same time. That of the step before would be too, but
 * is too old as soon as another step begins.
 */
const codeOf = (secret: string, step: 0 | 1 = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + step * 30_000 });

async function setUp(session: LiveSession) {
  const { secret, offer } = await offerMfa(session);
  const codes = await confirmMfa(actorOf(session), session, {
    offer,
    code: codeOf(secret),
    currentCode: "",
  });
  return { secret, codes };
}

async function ticketFor(session: LiveSession): Promise<string> {
  const outcome = await signInWithPassword({ ...from, login: session.username, password: GOOD_PASSWORD });
  if (outcome.step === "done") throw new Error("no second step is asked for");
  return outcome.ticket;
}

beforeAll(preparePeople);

test("a confirmed offer switches the second step on; neither secret nor codes are stored in the clear", async () => {
  const session = await signedIn();
  const { secret, codes } = await setUp(session);
  expect(new Set(codes).size).toBe(10);
  const [stored] = await database().select().from(users).where(eq(users.id, session.userId));
  expect(stored).toMatchObject({ mfaEnabled: true });
  expect(stored!.mfaSecret).not.toContain(secret);
  const kept = await database().select().from(recoveryCodes).where(eq(recoveryCodes.userId, session.userId));
  expect(JSON.stringify(kept)).not.toMatch(new RegExp(codes.map((code) => code.slice(0, 9)).join("|")));
  const ticket = await ticketFor(session);
  expect(await finishSignIn({ ...from, ticket, code: codeOf(secret, 1) })).toMatchObject({ step: "done" });
});

test("each recovery code signs in once, typed in any way", async () => {
  const session = await signedIn();
  const { codes } = await setUp(session);
  const typed = codes[3]!.toLowerCase().replaceAll("-", " ");
  await finishSignIn({ ...from, ticket: await ticketFor(session), code: typed });
  expect(await countUnusedRecoveryCodes(session.userId)).toBe(9);
  await expect(
    finishSignIn({ ...from, ticket: await ticketFor(session), code: typed }),
  ).rejects.toMatchObject({ code: "invalid" });
});

test("a wrong code, another person's offer or a changed one switches nothing on", async () => {
  const [session, other] = [await signedIn(), await signedIn()];
  const { secret, offer } = await offerMfa(other);
  const code = codeOf(secret);
  for (const tried of [offer, `${offer.slice(0, -2)}AA`, ""]) {
    const work = confirmMfa(actorOf(session), session, { offer: tried, code, currentCode: "" });
    await expect(work).rejects.toMatchObject({ code: "invalid" });
  }
  await expect(
    confirmMfa(actorOf(other), other, { offer, code: "12345", currentCode: "" }),
  ).rejects.toMatchObject({ code: "invalid" });
  expect((await readSession(session.sessionId))?.mfaEnabled).toBe(false);
  expect((await readSession(other.sessionId))?.mfaEnabled).toBe(false);
});

test("a new app takes the old one's place only with a code of the old one or a recovery code", async () => {
  const session = await signedIn();
  const { codes } = await setUp(session);
  const { secret, offer } = await offerMfa(session);
  const change = (currentCode: string) =>
    confirmMfa(actorOf(session), session, { offer, code: codeOf(secret), currentCode });
  await expect(change("")).rejects.toMatchObject({ fields: [{ field: "currentCode" }] });
  expect(await change(codes[0]!)).toHaveLength(10);
  await expect(
    finishSignIn({ ...from, ticket: await ticketFor(session), code: codes[1]! }),
  ).rejects.toMatchObject({ code: "invalid" });
});

test("switching on ends the sessions that were opened without it, but not this one", async () => {
  const session = await signedIn();
  const outcome = await signInWithPassword({ ...from, login: session.username, password: GOOD_PASSWORD });
  await setUp(session);
  expect(await readSession(outcome.step === "done" ? outcome.sessionId : "")).toBeNull();
  expect(await readSession(session.sessionId)).not.toBeNull();
});

test("switching off and new recovery codes ask for a code, and a required second step stays on", async () => {
  const session = await signedIn();
  const { secret, codes } = await setUp(session);
  await expect(renewRecoveryCodes(actorOf(session), session, "000000")).rejects.toMatchObject({
    code: "invalid",
  });
  const fresh = await renewRecoveryCodes(actorOf(session), session, codes[0]!);
  expect(fresh).toHaveLength(10);
  expect(fresh).not.toContain(codes[1]);
  await expect(disableMfa(actorOf(session), session, codes[1]!)).rejects.toMatchObject({ code: "invalid" });
  await database().update(users).set({ mfaRequired: true }).where(eq(users.id, session.userId));
  const required = (await readSession(session.sessionId))!;
  await expect(disableMfa(actorOf(required), required, codeOf(secret, 1))).rejects.toMatchObject({
    code: "conflict",
  });
  await disableMfa(actorOf(session), session, codeOf(secret, 1));
  expect((await readSession(session.sessionId))!.pending).toBe("set-up-mfa");
  expect(await countUnusedRecoveryCodes(session.userId)).toBe(0);
});

test("a required second step is pending before anything else, after the password; an own exemption counts", async () => {
  const pendingOf = async (columns: Parameters<typeof makeUser>[0]) => (await signedIn(columns)).pending;
  expect(await pendingOf({ mfaRequired: true, role: "GlobalAdmin" })).toBe("set-up-mfa");
  expect(await pendingOf({ mfaRequired: true, mustChangePassword: true })).toBe("change-password");
  expect(await pendingOf({ mfaRequired: false })).toBeNull();
});
