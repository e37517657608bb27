import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany } from "@/db/queries/companies/company";
import { lockSchedulesOfViews } from "@/db/queries/schedules/schedules";
import {
  countSavedViews,
  deleteSavedViews,
  insertSavedView,
  lockSavedView,
  updateSavedView,
  type SavedViewRow,
} from "@/db/queries/views/saved-views";
import { writeWithin } from "@/db/scope";
import type { newViewForm, viewChangeForm, viewRef } from "./view-input";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { assertCan } from "../access/denied";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";
import { deleteSchedulesWith } from "../schedules/manage-schedules";
import { openView } from "./open-view";

/** Views of one person in a company, and as many that the company shares. */
const MOST_VIEWS = 100;

/**
 * Keeps a table's filters, order and columns under a name, for the user alone or for the company.
 *
 * @throws AppError `invalid` for filters and columns the read API refuses; `conflict` when the name is taken or there
 * are a hundred already. AccessDenied `forbidden` for sharing without the right.
 */
export async function saveView(
  context: CompanyContext,
  { name, table, query, columns, shared }: z.output<typeof newViewForm>,
): Promise<{ viewId: number }> {
  const { actor, scope } = context;
  assertCan(actor, "events:read", scope);
  if (shared) assertCan(actor, "views:share", scope);
  openView(context, { table, query, columns });
  const ownerUserId = shared ? null : actor.userId;
  return orNameTaken(name, () =>
    writeWithin(scope, async (tx) => {
      await assertRoom(tx, context, ownerUserId);
      const row = { name, table, query, columns, ownerUserId, createdByUserId: actor.userId };
      const viewId = await insertSavedView(tx, scope, row);
      await insertAuditRow(tx, {
        ...companyAudit(context, "view.create", "view", { id: viewId, name }),
        after: { table, query, columns, shared },
      });
      return { viewId };
    }),
  );
}

/** Renames a view, shares it with the company or takes it back for oneself. @throws as {@link saveView}; `not_found`. */
export async function changeView(
  context: CompanyContext,
  { viewId, ...change }: z.output<typeof viewChangeForm>,
): Promise<void> {
  const { actor, scope } = context;
  await orNameTaken(change.name ?? "", () =>
    writeWithin(scope, async (tx) => {
      const view = await lockManaged(tx, context, viewId);
      const wasShared = view.ownerUserId === null;
      const { name = view.name, shared = wasShared } = change;
      if (view.name === name && wasShared === shared) return;
      if (shared) assertCan(actor, "views:share", scope);
      const ownerUserId = shared ? null : actor.userId;
      if (wasShared !== shared) await assertRoom(tx, context, ownerUserId);
      await updateSavedView(tx, scope, viewId, { name, ownerUserId });
      await insertAuditRow(tx, {
        ...companyAudit(context, "view.update", "view", { id: viewId, name }),
        before: { name: view.name, shared: wasShared },
        after: { name, shared },
      });
    }),
  );
}

/** With its schedules. @throws AppError `not_found`; AccessDenied `forbidden` for a shared view without the right to share. */
export async function deleteView(
  context: CompanyContext,
  { viewId }: z.output<typeof viewRef>,
): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const view = await lockManaged(tx, context, viewId);
    await deleteSchedulesWith(tx, context, await lockSchedulesOfViews(tx, scope, [viewId]));
    await deleteSavedViews(tx, scope, [viewId]);
    await insertAuditRow(tx, {
      ...companyAudit(context, "view.delete", "view", view),
      before: { table: view.table, query: view.query, shared: view.ownerUserId === null },
    });
  });
}

async function lockManaged(
  tx: Transaction,
  { actor, scope }: CompanyContext,
  viewId: number,
): Promise<SavedViewRow> {
  assertCan(actor, "events:read", scope);
  const view = await lockSavedView(tx, scope, actor.userId, viewId);
  if (!view) throw new AppError("not_found", { key: "errors.gone" });
  if (view.ownerUserId === null) assertCan(actor, "views:share", scope);
  return view;
}

/** The company's row is locked first, so that two at once do not both find the last place free. */
async function assertRoom(
  tx: Transaction,
  { scope }: CompanyContext,
  ownerUserId: number | null,
): Promise<void> {
  if (!(await lockCompany(tx, scope))) throw new AppError("not_found", { key: "errors.gone" });
  if ((await countSavedViews(tx, scope, ownerUserId)) < MOST_VIEWS) return;
  throw new AppError("conflict", { key: "savedViews.tooMany", values: { max: MOST_VIEWS } });
}

async function orNameTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isTaken = ["saved_views_own_name_key", "saved_views_shared_name_key"].some((key) =>
      isUniqueViolation(error, key),
    );
    if (!isTaken) throw error;
    throw new AppError(
      "conflict",
      name === "" ? { key: "savedViews.sameName" } : { key: "savedViews.nameTaken", values: { name } },
      [{ field: "name", message: { key: "savedViews.nameTakenField" } }],
    );
  }
}
