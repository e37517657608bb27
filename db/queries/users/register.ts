import type { Transaction } from "../../client";
import { users } from "../../schema/users";

/** @throws a unique violation (users_username_key, users_email_key) when the name or address is taken in any case. */
export async function insertRegisteredUser(
  tx: Transaction,
  user: { username: string; email: string; password: string },
): Promise<number> {
  const [row] = await tx
    .insert(users)
    .values({ ...user, role: "User", isActive: false, isSelfRegistered: true })
    .returning({ id: users.id });
  return row!.id;
}
