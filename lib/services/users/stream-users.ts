import { listUserIds, type UserReach } from "@/db/queries/global/list-users";
import { findUsers } from "@/db/queries/global/users";
import type { Actor } from "@/lib/domain/actor";
import type { NameCursor } from "@/lib/domain/list-page";
import type { ServiceContext } from "../context";
import { readSettings } from "../settings/read-settings";
import { reachOf, userView, type UserFilter, type UserView } from "./read-users";

const BATCH_ROWS = 500;

/**
 * Every user of the portal whom the actor may list, by name as on the pages of `readUsers`; each batch is read for itself.
 *
 * @throws AccessDenied `forbidden`, before the first batch is asked for.
 */
export function streamUsers({ actor }: ServiceContext, filter: UserFilter): AsyncGenerator<UserView[]> {
  return usersWithin(actor, reachOf(actor, undefined), filter);
}

async function* usersWithin(actor: Actor, reach: UserReach, filter: UserFilter): AsyncGenerator<UserView[]> {
  const { requireMfaForAllUsers } = await readSettings();
  let after: NameCursor | null = null;
  do {
    const ids: { id: number; username: string }[] = await listUserIds(reach, filter, {
      after,
      limit: BATCH_ROWS,
    });
    const byId = new Map((await findUsers(ids.map(({ id }) => id))).map((user) => [user.userId, user]));
    yield ids
      .flatMap(({ id }) => byId.get(id) ?? [])
      .map((user) => userView(actor, user, undefined, requireMfaForAllUsers));
    const last = ids.at(-1);
    after = ids.length === BATCH_ROWS && last ? { name: last.username, id: last.id } : null;
  } while (after);
}
