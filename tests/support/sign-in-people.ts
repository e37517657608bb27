import { randomBytes } from "node:crypto";
import bcrypt from "bcrypt";
import { Secret, TOTP } from "otpauth";
import { database } from "@/db/client";
import { users } from "@/db/schema/users";
import { ensureSettings } from "@/db/queries/global/first-start";
import { insertToken } from "@/db/queries/users/one-time-tokens";
import { digestOf } from "@/lib/secret-box";
import { sealTotpSecret } from "@/lib/services/mfa/totp";
import { refreshEnv } from "@/lib/env";

export const GOOD_PASSWORD = "Correct horse 7 battery";

/** Call before a suite: a cheap work factor, a secret to seal with, and the settings row. */
export async function preparePeople(): Promise<void> {
  process.env.BCRYPT_COST = "4";
  process.env.AUTH_SECRET ??= randomBytes(33).toString("base64");
  refreshEnv();
  await database().transaction((tx) => ensureSettings(tx));
}

/** A user of a suite's own, active and with GOOD_PASSWORD unless told otherwise. */
export async function makeUser(columns: Partial<typeof users.$inferInsert> = {}) {
  const username = `u${randomBytes(6).toString("hex")}`;
  const [user] = await database()
    .insert(users)
    .values({
      username,
      email: `${username}@example.com`,
      password: await bcrypt.hash(GOOD_PASSWORD, 4),
      isActive: true,
      ...columns,
    })
    .returning();
  return user!;
}

/** Columns of a user whose second step is on, and a way to the code of an instant. */
export function secondStep() {
  const secret = new Secret({ size: 20 });
  const totp = new TOTP({ secret });
  return {
    columns: { mfaEnabled: true, mfaSecret: sealTotpSecret(secret.base32) },
    codeAt: (at: number = Date.now()) => totp.generate({ timestamp: at }),
  };
}

/** The token of a link by which the user may choose a password within the hour. */
export async function passwordLinkFor(userId: number): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const tokenDigest = digestOf(token).toString("hex");
  const expiresAt = new Date(Date.now() + 3_600_000);
  const link = { tokenDigest, userId, purpose: "password-reset", expiresAt, createdByUserId: null } as const;
  await database().transaction((tx) => insertToken(tx, link));
  return token;
}
