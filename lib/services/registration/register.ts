import { randomInt } from "node:crypto";
import type { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { listDomains } from "@/db/queries/global/settings";
import { insertRegisteredUser } from "@/db/queries/users/register";
import { registrationInput } from "@/lib/domain/registration";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { recordFailure } from "../audit/record-failure";
import { assertPasswordAllowed } from "../passwords/assert-password-allowed";
import { hashPassword } from "../passwords/hash-password";
import { readSettings } from "../settings/read-settings";

const NAME_TRIES = 5;

/**
 * Takes a registration; the account stays inactive until an administrator activates it.
 *
 * The answer is the same, after the same work, whether or not the address has an account. A username that is taken
 * gets a number behind it, which administrators see; the address signs in as well.
 * @throws AppError `not_found` while registration is off; `invalid` naming the field.
 */
export async function register(
  input: Record<keyof z.input<typeof registrationInput>, string>,
  address: string,
): Promise<void> {
  const { allowRegistration, restrictEmailDomains } = await readSettings();
  if (!allowRegistration) throw new AppError("not_found", "This portal takes no registrations.");
  const { username, email, newPassword } = parse(input);
  if (restrictEmailDomains && !(await isAllowedDomain(email))) {
    const message = "Only addresses of certain organisations may register here.";
    throw new AppError("invalid", "This address may not register.", [{ field: "email", message }]);
  }
  await assertPasswordAllowed(newPassword, { username, email }, "newPassword");
  const password = await hashPassword(newPassword, { asker: `address ${address}`, isKnown: false });
  if (await insertUnderFreeName({ username, email, password }, address)) return;
  const after = { reason: "the address has an account", email };
  await recordFailure({ actorUserId: null, actorName: null, address, action: "user.register", after });
}

function parse(input: Record<string, string>): z.output<typeof registrationInput> {
  const parsed = registrationInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: String(issue.path[0]),
    message: issue.message,
  }));
  throw new AppError("invalid", "Some entries need another look.", fields);
}

async function isAllowedDomain(email: string): Promise<boolean> {
  const domain = email.slice(email.lastIndexOf("@")).toLowerCase();
  return (await listDomains()).some((listed) => listed.domain.toLowerCase() === domain);
}

interface NewAccount {
  username: string;
  email: string;
  password: string;
}

/** False when the address has an account already. */
async function insertUnderFreeName(account: NewAccount, address: string): Promise<boolean> {
  for (let tries = 0; tries < NAME_TRIES; tries += 1) {
    const username =
      tries === 0 ? account.username : `${account.username.slice(0, 58)}-${randomInt(1000, 99_999)}`;
    try {
      await database().transaction(async (tx) => {
        const userId = await insertRegisteredUser(tx, { ...account, username });
        await insertAuditRow(tx, {
          companyId: null,
          actorUserId: userId,
          actorName: username,
          address,
          action: "user.register",
          outcome: "success",
          targetType: "user",
          targetId: userId,
          targetName: username,
          after: { email: account.email },
        });
      });
      return true;
    } catch (error) {
      if (isUniqueViolation(error, "users_email_key")) return false;
      if (!isUniqueViolation(error, "users_username_key")) throw error;
    }
  }
  throw new AppError("conflict", "No free username was found. Choose another one.", [
    { field: "username", message: "Choose another username." },
  ]);
}
