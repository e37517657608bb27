import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { doPortalPart } from "@/db/portal-part";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany } from "@/db/queries/companies/company";
import { listMemberRoles } from "@/db/queries/detections/assignees";
import { setAlertAssignees, type LockedAlert } from "@/db/queries/detections/change-alerts";
import { holdUsers } from "@/db/queries/global/users";
import { findMailUser } from "@/db/queries/mail/messages";
import { writeWithin } from "@/db/scope";
import type { alertAssignForm } from "@/lib/domain/detections/alert-form";
import { can, isCompanyRole, isGlobalRole } from "@/lib/domain/permissions";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { canMailPersons } from "../mail/mail-pool";
import { queueMail } from "../mail/queue-mail";
import { lockAll } from "./change-alerts";
import { auditOf, writeHistory } from "./note-alerts";

/** A user who may deal with the company's alerts. */
export interface Assignee {
  userId: number;
  username: string;
}

/** The members who may deal with alerts, by username; with the one who asks, who may see the company without being a member. */
export async function listAssignees(
  tx: Transaction,
  { actor, audit, scope }: CompanyContext,
): Promise<Assignee[]> {
  const { companyId } = scope;
  const members = (await listMemberRoles(tx, scope)).flatMap(({ userId, username, globalRole, role }) => {
    if (!isGlobalRole(globalRole) || !isCompanyRole(role)) return [];
    const member = { userId, globalRole, memberships: [{ companyId, role }] };
    return can(member, "alerts:manage", scope) ? [{ userId, username }] : [];
  });
  const isMember = members.some(({ userId }) => userId === actor.userId);
  const isPerson = actor.userId > 0 && audit.actorName !== null && can(actor, "alerts:manage", scope);
  return isMember || !isPerson ? members : [...members, { userId: actor.userId, username: audit.actorName! }];
}

/**
 * Assigns alerts to the named user, or to no one for an empty name, and tells that user by mail.
 *
 * @throws AccessDenied; AppError `not_found` if one doesn't exist; `invalid` for a user who may not deal with them.
 */
export async function assignAlerts(
  context: CompanyContext,
  { alertId: ids, assignee: name }: z.output<typeof alertAssignForm>,
): Promise<{ count: number }> {
  assertCan(context.actor, "alerts:manage", context.scope);
  return writeWithin(context.scope, async (tx) => {
    const held = await holdAssignee(tx, context, name);
    const alerts = await lockAll(tx, context, ids);
    return { count: await assignLocked(tx, context, alerts, held) };
  });
}

/** To whom alerts are assigned: null for no one. With a name only, a user who may not deal with them. */
type HeldAssignee = { assignee: Assignee | null } | { wrongName: string };

/**
 * The named user, with the right to deal with the alerts until the transaction ends. Call it before alerts are locked:
 * taking the right away locks the user first and the user's alerts after that.
 */
export async function holdAssignee(
  tx: Transaction,
  context: CompanyContext,
  name: string,
): Promise<HeldAssignee> {
  if (name === "") return { assignee: null };
  const { scope } = context;
  const named = (await listAssignees(tx, context)).find(
    ({ username }) => username.toLowerCase() === name.toLowerCase(),
  );
  // A company's own transaction may read users, but hold none.
  const [user] = named ? await doPortalPart(tx, scope, () => holdUsers(tx, [named.userId])) : [];
  return user?.isActive && can(user, "alerts:manage", scope) ? { assignee: user } : { wrongName: name };
}

/**
 * Assigns alerts that are held by the transaction to whom it holds, and queues the mail within it. Gives how many weren't
 * assigned so before. The user whom an alert has already may be named again, also one to whom it can't be assigned now.
 *
 * @throws AppError `invalid` for a user who may not deal with them.
 */
export async function assignLocked(
  tx: Transaction,
  context: CompanyContext,
  alerts: readonly LockedAlert[],
  held: HeldAssignee,
): Promise<number> {
  const changed = alerts.filter((alert) => !isAssignedTo(alert, held));
  if (changed.length === 0) return 0;
  if ("wrongName" in held) {
    const message = { key: "alertErrors.assigneeWrong" } as const;
    throw new AppError("invalid", message, [{ field: "assignee", message }]);
  }
  const { assignee } = held;
  const userId = assignee?.userId ?? null;
  const ids = changed.map(({ id }) => id);
  await setAlertAssignees(tx, context.scope, ids, userId);
  const assignedTo = assignee?.username ?? "";
  await writeHistory(tx, context, changed, { assignedTo });
  for (const alert of changed) {
    await insertAuditRow(tx, {
      ...auditOf(context, alert),
      before: { assignee: alert.assignee },
      after: { assignee: assignee?.username ?? null },
    });
  }
  await tellAssignee(tx, context, assignee, changed);
  return changed.length;
}

function isAssignedTo({ assignee, assigneeUserId }: LockedAlert, held: HeldAssignee): boolean {
  return "wrongName" in held
    ? assignee?.toLowerCase() === held.wrongName.toLowerCase()
    : assigneeUserId === (held.assignee?.userId ?? null);
}

/** Has the assignee told by mail, unless they took the alerts themselves or there is no mail. */
async function tellAssignee(
  tx: Transaction,
  { actor, audit, scope }: CompanyContext,
  assignee: Assignee | null,
  alerts: readonly LockedAlert[],
): Promise<void> {
  const [first] = alerts;
  if (!assignee || !first || assignee.userId === actor.userId || !canMailPersons()) return;
  const company = (await findCompany(tx, scope))?.name ?? "";
  const path = alerts.length === 1 ? `/${scope.companyId}/alerts/${first.id}` : `/${scope.companyId}/alerts`;
  const titles = [...new Set(alerts.map(({ rule }) => rule))];
  const params = {
    by: audit.actorName,
    companyId: scope.companyId,
    company,
    count: alerts.length,
    titles,
    path,
  };
  // Mails to persons are the portal's.
  await doPortalPart(tx, scope, async () => {
    const user = await findMailUser(tx, assignee.userId);
    if (user) await queueMail(tx, { kind: "alert-assigned", params, userId: user.id, address: user.email });
  });
}
