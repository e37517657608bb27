import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import { savedViews } from "../../schema/saved-views";
import type { CompanyWriteScope } from "../../scope";

export type SavedViewRow = typeof savedViews.$inferSelect;
export type NewSavedView = Omit<typeof savedViews.$inferInsert, "companyId" | "id">;

/** Those that the user may open: their own and the company's. */
const openTo = ({ companyId }: CompanyWriteScope, userId: number) =>
  and(
    eq(savedViews.companyId, companyId),
    or(isNull(savedViews.ownerUserId), eq(savedViews.ownerUserId, userId)),
  );

/** @throws a unique violation on saved_views_own_name_key or saved_views_shared_name_key. */
export async function insertSavedView(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  row: NewSavedView,
): Promise<number> {
  const [made] = await tx
    .insert(savedViews)
    .values({ companyId, ...row })
    .returning({ id: savedViews.id });
  return made!.id;
}

/** How many views there are of one owner, or of the company (null). */
export async function countSavedViews(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  ownerUserId: number | null,
): Promise<number> {
  const owned =
    ownerUserId === null ? isNull(savedViews.ownerUserId) : eq(savedViews.ownerUserId, ownerUserId);
  return tx.$count(savedViews, and(eq(savedViews.companyId, companyId), owned));
}

/** The views that the user may open, by name. */
export async function listSavedViews(
  tx: Transaction,
  scope: CompanyWriteScope,
  userId: number,
): Promise<SavedViewRow[]> {
  return tx
    .select()
    .from(savedViews)
    .where(openTo(scope, userId))
    .orderBy(sql`lower(${savedViews.name})`, savedViews.id);
}

/** Every view of the company, other people's own ones as well: for what is held about an account. */
export async function listAllSavedViews(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
): Promise<SavedViewRow[]> {
  return tx.select().from(savedViews).where(eq(savedViews.companyId, companyId)).orderBy(savedViews.id);
}

function openView(tx: Transaction, scope: CompanyWriteScope, userId: number, viewId: number) {
  return tx
    .select()
    .from(savedViews)
    .where(and(openTo(scope, userId), eq(savedViews.id, viewId)));
}

/** A view that the user may open, locked until the transaction ends. */
export async function lockSavedView(...asked: Parameters<typeof openView>): Promise<SavedViewRow | null> {
  const [row] = await openView(...asked).for("update");
  return row ?? null;
}

/** A view that the user may open. */
export async function findSavedView(...asked: Parameters<typeof openView>): Promise<SavedViewRow | null> {
  const [row] = await openView(...asked);
  return row ?? null;
}

/** @throws a unique violation as {@link insertSavedView}. */
export async function updateSavedView(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  viewId: number,
  change: Pick<NewSavedView, "name" | "ownerUserId">,
): Promise<void> {
  await tx
    .update(savedViews)
    .set(change)
    .where(and(eq(savedViews.companyId, companyId), eq(savedViews.id, viewId)));
}

export async function deleteSavedViews(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  viewIds: readonly number[],
): Promise<void> {
  await tx
    .delete(savedViews)
    .where(and(eq(savedViews.companyId, companyId), inArray(savedViews.id, [...viewIds])));
}
