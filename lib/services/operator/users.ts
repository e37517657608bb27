import { findUserIdByName, findUsers } from "@/db/queries/global/users";
import { AppError } from "@/lib/errors";

/** A user by username or e-mail address in any case. @throws AppError `not_found`. */
export async function findUserNamed(name: string): Promise<{ userId: number; username: string }> {
  const userId = await findUserIdByName(name.trim());
  const [user] = userId === null ? [] : await findUsers([userId]);
  if (!user) throw new AppError("not_found", `There is no user “${name}”.`);
  return { userId: user.userId, username: user.username };
}
