import type { z } from "zod";
import { deleteUserRow } from "@/db/queries/global/users";
import { assertCan } from "../access/denied";
import { assertNameTyped } from "../companies/purge-company";
import type { ServiceContext } from "../context";
import { holdAlertsNaming, recordUnassigned, unassignWhereLost } from "../detections/unassign-leavers";
import { forgetAddressOf } from "../notifications/forget-address";
import { administer, assertMayLose } from "./administer";
import { membershipsIn, recordUserChange } from "./record-user-change";
import type { userDeletionInput } from "./user-input";

/**
 * Deletes a user with memberships and sessions, and takes them off alerts and the address out of the channels of their
 * companies; what they did stays in the audit trail under their name.
 *
 * @throws AppError `conflict` for oneself and for the last active GlobalAdmin.
 */
export async function deleteUser(
  context: ServiceContext,
  { userId, confirmedName }: z.output<typeof userDeletionInput>,
): Promise<{ username: string }> {
  return administer(context, "user:delete", [userId], async (administration) => {
    const { tx, actor, targets } = administration;
    const user = targets[0]!;
    assertMayLose(administration, user, "delete");
    assertCan(actor, "user:delete", user);
    assertNameTyped(confirmedName, user.username);
    await holdAlertsNaming(tx, userId);
    const unassigned = await unassignWhereLost(tx, context, [{ user, after: null }]);
    await deleteUserRow(tx, userId);
    await forgetAddressOf(tx, context, user);
    await recordUnassigned(tx, context, unassigned);
    const { username, email, globalRole, isActive, memberships } = user;
    await recordUserChange(tx, context, {
      action: "user.delete",
      user,
      diff: (companyId) => ({
        before: { username, email, globalRole, isActive, memberships: membershipsIn(memberships, companyId) },
      }),
    });
    return { username };
  });
}
