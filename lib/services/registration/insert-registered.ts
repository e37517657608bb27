import { randomInt } from "node:crypto";
import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { insertRegisteredUser } from "@/db/queries/users/register";
import { firstUnits } from "@/lib/domain/cut-text";
import { AppError, isUniqueViolation } from "@/lib/errors";

const NAME_TRIES = 5;

export interface NewAccount {
  username: string;
  email: string;
  /** A hash. */
  password: string;
}

/**
 * Inserts a registered, inactive account; a username that is taken gets a number behind it. `before` runs in the same
 * transaction and stops it by answering false. False when the address has an account already, or `before` stopped it.
 * @throws AppError `conflict` when no free name is found.
 */
export async function insertRegistered(
  account: NewAccount,
  address: string,
  before: (tx: Transaction) => Promise<boolean> = async () => true,
): Promise<boolean> {
  for (let tries = 0; tries < NAME_TRIES; tries += 1) {
    const username =
      tries === 0 ? account.username : `${firstUnits(account.username, 58)}-${randomInt(1000, 99_999)}`;
    try {
      return await database().transaction(async (tx) => {
        if (!(await before(tx))) return false;
        const userId = await insertRegisteredUser(tx, { ...account, username });
        await insertAuditRow(tx, {
          companyId: null,
          actorUserId: userId,
          actorName: username,
          address,
          action: "user.register",
          targetType: "user",
          targetId: userId,
          targetName: username,
          after: { email: account.email },
        });
        return true;
      });
    } catch (error) {
      if (isUniqueViolation(error, "users_email_key")) return false;
      if (!isUniqueViolation(error, "users_username_key")) throw error;
    }
  }
  throw new AppError("conflict", { key: "errors.noFreeUsername" }, [
    { field: "username", message: { key: "errors.chooseUsername" } },
  ]);
}
