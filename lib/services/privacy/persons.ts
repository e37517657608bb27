import { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { forgetNameIds } from "@/db/queries/events/names";
import type { Transaction } from "@/db/client";
import {
  erasePerson,
  findPerson,
  listOwnNames,
  renameToldViews,
  searchPersons,
  type PersonRow,
} from "@/db/queries/privacy/accounts";
import { rewriteComments } from "@/db/queries/privacy/held-alerts";
import { lockSchedulesOfViews } from "@/db/queries/schedules/schedules";
import { deleteSavedViews, listAllSavedViews, type SavedViewRow } from "@/db/queries/views/saved-views";
import { readWithin, writeWithin } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { rowId } from "@/lib/domain/form-input";
import { erasedName, withoutName } from "@/lib/domain/privacy/erased-text";
import { isViewOfAccount } from "@/lib/domain/reports/saved-view";
import { AppError } from "@/lib/errors";
import { assertNameTyped } from "../companies/purge-company";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";
import { deleteSchedulesWith } from "../schedules/manage-schedules";

export interface Person {
  accountId: number;
  name: string;
  /** Epoch milliseconds. */
  firstSeenAt: number;
  lastSeenAt: number;
  /** When it was erased; null as long as the name is the person's. */
  erasedAt: number | null;
}

const MOST_FOUND = 50;

/** Accounts of the company whose name contains the text, last seen first; of more than fifty the first fifty. */
export async function findPersons(
  { scope }: Pick<CompanyContext, "scope">,
  text: string,
): Promise<{ persons: Person[]; hasMore: boolean }> {
  const key = nameKey(cleanSearch(text));
  const rows = await readWithin(scope, (tx) => searchPersons(tx, scope, key, MOST_FOUND + 1));
  return { persons: rows.slice(0, MOST_FOUND).map(personOf), hasMore: rows.length > MOST_FOUND };
}

export function personOf(row: PersonRow): Person {
  return {
    accountId: row.id,
    name: row.name,
    firstSeenAt: Number(row.first_ms),
    lastSeenAt: Number(row.last_ms),
    erasedAt: row.erased_ms === null ? null : Number(row.erased_ms),
  };
}

export const erasureInput = z.object({ accountId: rowId, confirmedName: z.string().trim() });

/**
 * Pseudonymises an account: its events stay and count, under a name that identifies no one. It can't be undone. Saved
 * views that hold to it go, and their schedules; comments on its alerts name it so too. The audit rows of all this hold
 * numbers only; earlier rows of the trail stay as they are, as its chain allows no change. A person who goes on working
 * appears as a new account.
 *
 * @throws AppError `not_found`; `conflict` when it was erased before; `invalid` unless its name was typed.
 */
export async function eraseAccount(
  { audit, scope }: CompanyContext,
  { accountId, confirmedName }: z.output<typeof erasureInput>,
): Promise<{ accountId: number }> {
  await writeWithin(scope, async (tx) => {
    const account = await findPerson(tx, scope, accountId);
    if (!account) throw new AppError("not_found", { key: "errors.accountNotFound" });
    if (account.erased_ms !== null) throw new AppError("conflict", { key: "errors.accountErased" });
    assertNameTyped(confirmedName, account.name);
    const names = await listOwnNames(tx, scope, accountId);
    if (!(await erasePerson(tx, scope, accountId)))
      throw new AppError("conflict", { key: "errors.accountErased" });
    const views = (await listAllSavedViews(tx, scope)).filter((view) =>
      isViewOfAccount(view, { id: accountId, names }, nameKey),
    );
    await deleteViewsOf(tx, { audit, scope }, views, erasedName(accountId));
    await rewriteComments(tx, scope, accountId, (comment) =>
      withoutName(comment, account.name, erasedName(accountId)),
    );
    await insertAuditRow(tx, companyAudit({ audit, scope }, "privacy.erase", "account", { id: accountId }));
  });
  forgetNameIds();
  return { accountId };
}

async function deleteViewsOf(
  tx: Transaction,
  context: Pick<CompanyContext, "audit" | "scope">,
  views: readonly SavedViewRow[],
  nameInstead: string,
): Promise<void> {
  const { scope } = context;
  const viewIds = views.map(({ id }) => id);
  const schedules = await lockSchedulesOfViews(tx, scope, viewIds);
  await renameToldViews(
    tx,
    scope,
    schedules.map(({ id }) => id),
    nameInstead,
  );
  await deleteSchedulesWith(tx, context, schedules, { isNamed: false });
  await deleteSavedViews(tx, scope, viewIds);
  for (const id of viewIds) await insertAuditRow(tx, companyAudit(context, "view.delete", "view", { id }));
}
