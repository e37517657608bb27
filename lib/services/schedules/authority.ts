import type { Transaction } from "@/db/client";
import type { ScheduleRow } from "@/db/queries/schedules/schedules";
import { findSavedView, type SavedViewRow } from "@/db/queries/views/saved-views";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { assertCan } from "../access/denied";
import { readAccess, scopeOfCompany } from "../access/read-access";
import type { CompanyContext } from "../context";

/** What a schedule runs with: its owner's rights and view as they are now. */
export interface ScheduleAuthority {
  actor: Actor;
  /** What the owner may read. */
  scope: CompanyWriteScope;
  view: SavedViewRow;
}

/** Reads that from the database; or why the schedule has to stop, as the rest of a sentence. */
export async function readAuthority(
  { companyId }: CompanyWriteScope,
  { ownerUserId, ownerName, viewId }: Pick<ScheduleRow, "ownerUserId" | "ownerName" | "viewId">,
): Promise<ScheduleAuthority | { lost: string }> {
  if (ownerUserId === null) return { lost: `${ownerName}, who scheduled it, was deleted` };
  const access = await readAccess(ownerUserId);
  const scope = access && scopeOfCompany(access, companyId);
  if (!access || !scope) {
    return { lost: `${ownerName}, who scheduled it, may no longer see the company's events` };
  }
  if (viewId === null) return { lost: "its view was deleted" };
  const view = await readWithin(scope, (tx) => findSavedView(tx, scope, ownerUserId, viewId));
  if (!view) return { lost: `its view is no longer shared with ${ownerName}, who scheduled it` };
  return { actor: access.actor, scope, view };
}

/** @throws AccessDenied unless the actor owns the schedule or administers the company. */
export function assertManages(
  { actor, scope: { companyId } }: Pick<CompanyContext, "actor" | "scope">,
  { ownerUserId }: { ownerUserId: number | null },
): void {
  assertCan(actor, "schedules:manage", { companyId, ownerUserId });
}

/** Gives the view if the user may schedule it: an own one, or as an administrator a shared one. @throws AccessDenied. */
export async function findScheduled(
  tx: Transaction,
  context: CompanyContext,
  viewId: number,
): Promise<SavedViewRow | null> {
  const view = await findSavedView(tx, context.scope, context.actor.userId, viewId);
  if (view) assertManages(context, view);
  return view;
}
