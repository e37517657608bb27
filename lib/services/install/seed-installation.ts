import { database } from "@/db/client";
import {
  ensureSettings,
  findUnusedPassword,
  insertFirstAdministrator,
  isEmptyInstallation,
} from "@/db/queries/global/first-start";
import { env } from "@/lib/env";
import { operatorActor } from "../audit/actor";
import { createCompanyWithin } from "../companies/create-company";
import { hashPassword, verifyPassword } from "../passwords/hash-password";
import { PORTAL_TURN } from "../passwords/password-queue";

export const FIRST_ADMINISTRATOR = { username: "superadmin", email: "superadmin@example.com" };
export const BUILT_IN_PASSWORD = "adminsuper";

export interface FirstSignIn {
  username: string;
  /** The built-in password, or null when the operator chose one (which is never printed). */
  builtInPassword: string | null;
}

/** What the operator must be told to get into an installation that is new. */
export interface FirstStart {
  /** Null when it no longer opens anything. */
  signIn: FirstSignIn | null;
  /** Null when an earlier start printed it. */
  apiKey: string | null;
}

/**
 * Fills an empty database with the first administrator, company, site and key (docs/domain.md, section 4); null when it is not empty.
 *
 * Runs under the migration lock, so that of several servers one seeds.
 */
export async function seedInstallation(): Promise<FirstStart | null> {
  const chosen = env().INITIAL_ADMIN_PASSWORD;
  return database().transaction(async (tx) => {
    await ensureSettings(tx);
    if (!(await isEmptyInstallation(tx))) return null;
    const actor = operatorActor("first start");
    const company = await createCompanyWithin(tx, actor, {
      name: "Default Company",
      apiKey: env().INITIAL_API_KEY,
    });
    await insertFirstAdministrator(tx, {
      ...FIRST_ADMINISTRATOR,
      password: await hashPassword(chosen ?? BUILT_IN_PASSWORD, PORTAL_TURN),
      mustChangePassword: chosen === undefined || chosen === BUILT_IN_PASSWORD,
      companyId: company.id,
    });
    const builtInPassword = chosen === undefined ? BUILT_IN_PASSWORD : null;
    const signIn = { username: FIRST_ADMINISTRATOR.username, builtInPassword };
    return { signIn, apiKey: company.key };
  });
}

/** The first sign-in as long as it opens the portal and no one has signed in; otherwise null. */
export async function unusedFirstSignIn(): Promise<FirstSignIn | null> {
  const { username } = FIRST_ADMINISTRATOR;
  const hash = await findUnusedPassword(database(), username);
  if (hash === null) return null;
  const chosen = env().INITIAL_ADMIN_PASSWORD;
  if (chosen !== undefined && (await verifyPassword(chosen, hash, PORTAL_TURN)))
    return { username, builtInPassword: null };
  const isBuiltIn = await verifyPassword(BUILT_IN_PASSWORD, hash, PORTAL_TURN);
  return isBuiltIn ? { username, builtInPassword: BUILT_IN_PASSWORD } : null;
}
