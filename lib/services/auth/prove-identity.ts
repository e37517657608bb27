import { database } from "@/db/client";
import { findPasswordHash } from "@/db/queries/users/sign-in";
import { noteProof } from "@/db/queries/users/sessions";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import { recordFailure } from "../audit/record-failure";
import { takeCode } from "../mfa/take-code";
import { verifyPassword } from "../passwords/hash-password";
import { turnOfUser } from "../passwords/password-queue";
import { wrongCode } from "./second-step";
import type { LiveSession } from "./sessions";

const ACTION = "session.prove";

/** One of the two. */
export type Proof = { password: string } | { code: string };

/**
 * Takes the password or a code of the signed-in user as proof that it is still that person. It counts for this session
 * and for ten minutes; each code works once.
 *
 * @throws AppError `invalid` on `password` or `code` for a wrong one, which is audited.
 */
export async function proveIdentity(actor: AuditActor, session: LiveSession, proof: Proof): Promise<void> {
  const isRight =
    "code" in proof ? await takeOwnCode(session, proof.code) : await takePassword(session, proof.password);
  if (isRight) return;
  const reason = "code" in proof ? "wrong code" : "wrong";
  const target = { targetType: "user", targetId: session.userId, targetName: session.username };
  await recordFailure({ ...actor, ...target, action: ACTION, after: { reason } });
  if ("code" in proof) throw wrongCode();
  throw new AppError("invalid", { key: "errors.passwordRefused" }, [
    { field: "password", message: { key: "errors.passwordWrong" } },
  ]);
}

function takeOwnCode({ userId, sessionId }: LiveSession, code: string): Promise<boolean> {
  return database().transaction(async (tx) => {
    if (!(await takeCode(tx, userId, code))) return false;
    await noteProof(tx, sessionId);
    return true;
  });
}

async function takePassword({ userId, sessionId }: LiveSession, password: string): Promise<boolean> {
  if (!(await verifyPassword(password, await findPasswordHash(userId), turnOfUser(userId)))) return false;
  await database().transaction((tx) => noteProof(tx, sessionId));
  return true;
}
