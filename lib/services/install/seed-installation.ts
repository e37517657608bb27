import { database } from "@/db/client";
import {
  ensureSettings,
  insertFirstAdministrator,
  isEmptyInstallation,
} from "@/db/queries/global/first-start";
import { env } from "@/lib/env";
import { operatorActor } from "../audit/actor";
import { createCompanyWithin } from "../companies/create-company";
import { hashPassword } from "../passwords/hash-password";

export const FIRST_ADMINISTRATOR = { username: "superadmin", email: "superadmin@example.com" };
export const BUILT_IN_PASSWORD = "adminsuper";

export interface FirstStart {
  username: string;
  /** The built-in password, or null when the operator chose one (which is never printed). */
  builtInPassword: string | null;
  apiKey: string;
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
      password: await hashPassword(chosen ?? BUILT_IN_PASSWORD),
      mustChangePassword: chosen === undefined || chosen === BUILT_IN_PASSWORD,
      companyId: company.id,
    });
    const builtInPassword = chosen === undefined ? BUILT_IN_PASSWORD : null;
    return { username: FIRST_ADMINISTRATOR.username, builtInPassword, apiKey: company.key };
  });
}
