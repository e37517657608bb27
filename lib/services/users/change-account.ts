import type { z } from "zod";
import { updateUser, type UserRecord } from "@/db/queries/global/users";
import { endLinksOf } from "@/db/queries/users/one-time-tokens";
import type { Actor } from "@/lib/domain/actor";
import { endSessionsOf } from "../auth/sessions";
import { assertCan } from "../access/denied";
import { changedFields } from "../audit/diff";
import type { ServiceContext } from "../context";
import { recordUnassigned, unassignWhereLost } from "../detections/unassign-leavers";
import { sourceFor, tellAccountChanged } from "../mail/security-notices";
import { forgetAddressOf, lockChannelsOfUsers, replaceAddressOf } from "../notifications/forget-address";
import { administer, assertMayLose, type Administration } from "./administer";
import { recordUserChange } from "./record-user-change";
import type { userChangeInput, userStateInput } from "./user-input";

type AccountChange = z.output<typeof userChangeInput>;

/** Whether the actor may change the user so, before anything is done for it. @throws AccessDenied. */
export async function assertMayUpdate(
  context: ServiceContext,
  { userId, ...change }: AccountChange,
): Promise<void> {
  await administer(context, "user:update", [userId], async ({ actor, targets: [user] }) => {
    permittedChange(actor, user!, change);
  });
}

/** What changes of the user; undefined if nothing does. @throws AccessDenied. */
function permittedChange(actor: Actor, user: UserRecord, change: Omit<AccountChange, "userId">) {
  assertCan(actor, "user:update", user);
  const changed = changedFields({ username: user.username, email: user.email }, change);
  if (changed?.after.username !== undefined) assertCan(actor, "user:choose-username");
  return changed;
}

/** Changes username and email address, the latter in the channels of the person's companies too. @throws AppError `conflict` when one is taken. */
export async function updateAccount(
  context: ServiceContext,
  { userId, ...change }: AccountChange,
): Promise<void> {
  await administer(context, "user:update", [userId], async ({ tx, actor, targets: [user] }) => {
    const changed = permittedChange(actor, user!, change);
    if (!changed) return;
    await updateUser(tx, userId, changed.after);
    // A link that went to the old address must not open the account.
    if (changed.after.email !== undefined) {
      await endLinksOf(tx, userId);
      await replaceAddressOf(tx, context, user!, changed.after.email);
    }
    await recordUserChange(tx, context, { action: "user.update", user: user!, diff: changed });
    await tellAccountChanged(tx, user!, changed, sourceFor(userId, context));
  });
}

/**
 * Activates or deactivates users, all or none; those already so are left alone. Deactivation ends their sessions, takes
 * them off alerts, and takes their addresses out of channels.
 *
 * @returns how many changed.
 */
export async function setUsersActive(
  context: ServiceContext,
  { userIds, isActive }: z.output<typeof userStateInput>,
): Promise<{ changed: number }> {
  return administer(context, "user:activate", userIds, async (administration) => {
    const changing = administration.targets.filter((user) => user.isActive !== isActive);
    if (!isActive) await lockChannelsOfUsers(administration.tx, changing);
    // Each one deactivated leaves fewer GlobalAdmins for the next to be judged by.
    let remaining = [...administration.globalAdminIds];
    const leavers = isActive ? [] : changing.map((user) => ({ user, after: null }));
    const unassigned = await unassignWhereLost(administration.tx, context, leavers);
    for (const user of changing) {
      const now = { ...administration, globalAdminIds: remaining };
      if (!isActive) assertMayLose(now, user, "deactivate");
      assertCan(administration.actor, "user:activate", user);
      await setActive(context, administration, user, isActive);
      remaining = remaining.filter((id) => id !== user.userId);
    }
    await recordUnassigned(administration.tx, context, unassigned);
    return { changed: changing.length };
  });
}

async function setActive(
  context: ServiceContext,
  { tx }: Administration,
  user: UserRecord,
  isActive: boolean,
): Promise<void> {
  // Once activated, one who is deactivated again waits for no decision.
  await updateUser(tx, user.userId, { isActive, ...(isActive && { isSelfRegistered: false }) });
  if (!isActive) {
    await endSessionsOf(tx, user.userId);
    await endLinksOf(tx, user.userId);
    await forgetAddressOf(tx, context, user, "no longer has access");
  }
  await recordUserChange(tx, context, {
    action: isActive ? "user.activate" : "user.deactivate",
    user,
    diff: { before: { isActive: user.isActive }, after: { isActive } },
  });
}
