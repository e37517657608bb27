import { findUserIdByName, findUsers } from "@/db/queries/global/users";
import { loginTextOf } from "@/lib/domain/login";
import { AppError } from "@/lib/errors";

/** A user by username or e-mail address however spelled. @throws AppError `not_found`. */
export async function findUserNamed(name: string): Promise<{ userId: number; username: string }> {
  const login = loginTextOf(name);
  const userId = login === null ? null : await findUserIdByName(login);
  const [user] = userId === null ? [] : await findUsers([userId]);
  if (!user) throw new AppError("not_found", `There is no user “${name}”.`);
  return { userId: user.userId, username: user.username };
}
