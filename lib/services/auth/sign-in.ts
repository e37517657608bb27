import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findUserByLogin, insertSession } from "@/db/queries/users/sign-in";
import { AppError } from "@/lib/errors";
import { verifyPassword } from "../passwords/hash-password";
import { readSettings } from "../settings/read-settings";

export interface SignInAttempt {
  /** Username or e-mail address, any case. */
  login: string;
  password: string;
  address: string;
  userAgent: string | null;
  isRemembered: boolean;
}

/**
 * Checks a password and opens a session.
 *
 * @throws AppError `unauthenticated`, with the same message and after the same time for an unknown user and a wrong
 * password; an inactive user learns of it only with the right password.
 */
export async function signInWithPassword(
  attempt: SignInAttempt,
): Promise<{ userId: number; sessionId: string }> {
  const user = await findUserByLogin(attempt.login.trim());
  const isRight = await verifyPassword(attempt.password, user?.password ?? null);
  const refusal = !user || !isRight ? "wrong" : user.isActive ? null : "inactive";
  if (refusal || !user) {
    await auditSignIn(attempt, user, refusal);
    throw new AppError(
      "unauthenticated",
      refusal === "inactive"
        ? "Your account is not active yet. An administrator has to activate it."
        : "The username or password is not right.",
    );
  }
  return { userId: user.id, sessionId: await openSession(attempt, user) };
}

type FoundUser = NonNullable<Awaited<ReturnType<typeof findUserByLogin>>>;

async function openSession(attempt: SignInAttempt, user: FoundUser): Promise<string> {
  const { sessionAbsoluteHours, rememberMeDays } = await readSettings();
  const hours = attempt.isRemembered ? rememberMeDays * 24 : sessionAbsoluteHours;
  return database().transaction(async (tx) => {
    const sessionId = await insertSession(tx, {
      userId: user.id,
      sessionVersion: user.sessionVersion,
      expiresAt: new Date(Date.now() + hours * 3_600_000),
      isRemembered: attempt.isRemembered,
      address: attempt.address,
      userAgent: attempt.userAgent?.slice(0, 500) ?? null,
    });
    await insertAuditRow(tx, {
      ...actorOf(attempt, user),
      companyId: null,
      action: "session.sign-in",
      outcome: "success",
    });
    return sessionId;
  });
}

async function auditSignIn(
  attempt: SignInAttempt,
  user: FoundUser | null,
  reason: string | null,
): Promise<void> {
  await database().transaction((tx) =>
    insertAuditRow(tx, {
      ...actorOf(attempt, user),
      companyId: null,
      action: "session.sign-in",
      outcome: "failure",
      after: { reason, login: storable(attempt.login).slice(0, 254) },
    }),
  );
}

/** Text as PostgreSQL can store it: well-formed and without NUL. */
function storable(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8").replaceAll("\0", "");
}

function actorOf(attempt: SignInAttempt, user: FoundUser | null) {
  return { actorUserId: user?.id ?? null, actorName: user?.username ?? null, address: attempt.address };
}
