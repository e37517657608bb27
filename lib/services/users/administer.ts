import { database, type Transaction } from "@/db/client";
import { lockActiveGlobalAdmins, lockUsers, type UserRecord } from "@/db/queries/global/users";
import type { Actor } from "@/lib/domain/actor";
import { can, isLastGlobalAdmin, isLossToSelf } from "@/lib/domain/permissions";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { AccessDenied } from "../access/denied";
import type { ServiceContext } from "../context";

/** What a piece of user administration works with, all of it locked. */
export interface Administration {
  tx: Transaction;
  /** The actor with roles as they are now, which may be less than when the request came in. */
  actor: Actor;
  /** The users asked for, in the order of ids. */
  targets: UserRecord[];
  /** Ids of the active GlobalAdmins before the change. */
  globalAdminIds: readonly number[];
}

/**
 * Runs one change of users in a transaction that holds every active GlobalAdmin, the actor and the targets.
 *
 * So changes to users follow one another, each judged by the roles that the one before has left: of two
 * administrators who take each other's role at the same moment one finds that it is gone.
 * @throws AccessDenied `not_found` for users that do not exist or that the actor may not list.
 */
export async function administer<Result>(
  context: ServiceContext,
  action: string,
  userIds: readonly number[],
  work: (administration: Administration) => Promise<Result>,
): Promise<Result> {
  const isOperator = context.actor.userId === 0;
  try {
    return await database().transaction(async (tx) => {
      const globalAdminIds = await lockActiveGlobalAdmins(tx);
      const ids = new Set(isOperator ? userIds : [...userIds, context.actor.userId]);
      const found = new Map((await lockUsers(tx, [...ids])).map((user) => [user.userId, user]));
      const actor = isOperator ? context.actor : presentActor(found.get(context.actor.userId));
      const targets = [...new Set(userIds)]
        .sort((a, b) => a - b)
        .map((userId) => {
          const user = found.get(userId);
          if (user && can(actor, "user:list", user)) return user;
          throw new AccessDenied("not_found", {
            action,
            companyId: null,
            targetType: "user",
            targetId: userId,
          });
        });
      return work({ tx, actor, targets, globalAdminIds });
    });
  } catch (error) {
    throw takenNameOf(error, context.actor) ?? error;
  }
}

function presentActor(user: UserRecord | undefined): Actor {
  if (!user?.isActive) throw new AppError("forbidden", { key: "errors.accountChanged" });
  return { userId: user.userId, globalRole: user.globalRole, memberships: user.memberships };
}

const TAKEN = { username: "errors.usernameTaken", email: "errors.emailTaken" } as const;
const UNAVAILABLE = { username: "errors.usernameUnavailable", email: "errors.emailUnavailable" } as const;

/** What a unique violation on users means to the person at the form; undefined for every other error. */
function takenNameOf(error: unknown, actor: Actor): AppError | undefined {
  const field = isUniqueViolation(error, "users_username_key")
    ? "username"
    : isUniqueViolation(error, "users_email_key")
      ? "email"
      : undefined;
  if (!field) return undefined;
  const mayKnow = can(actor, "user:choose-username");
  const message = { key: mayKnow ? TAKEN[field] : UNAVAILABLE[field] };
  return new AppError("conflict", message, [{ field, message }]);
}

const SELF = {
  delete: "errors.selfDelete",
  demote: "errors.selfDemote",
  deactivate: "errors.selfDeactivate",
} as const;

/** @throws AppError `conflict` when the user is the actor, or the last active GlobalAdmin. */
export function assertMayLose(
  { actor, globalAdminIds }: Pick<Administration, "actor" | "globalAdminIds">,
  user: UserRecord,
  verb: keyof typeof SELF,
): void {
  if (isLossToSelf(actor, user)) throw new AppError("conflict", { key: SELF[verb] });
  // An invited user without a password administers nothing yet, so is no loss.
  const isActive = user.isActive && user.invitedUntil === null;
  if (isLastGlobalAdmin({ ...user, isActive }, globalAdminIds.length)) {
    const values = { username: user.username };
    throw new AppError("conflict", { key: "errors.lastGlobalAdmin", values });
  }
}
