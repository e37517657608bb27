import { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { countHoldings, findCompany, hasEvents } from "@/db/queries/companies/company";
import { disableAllKeys } from "@/db/queries/companies/keys";
import { deleteDerivedRows, deleteEmptyCounts } from "@/db/queries/companies/purge";
import { holdCursor } from "@/db/queries/detections/habits";
import { forgetNameIds } from "@/db/queries/events/names";
import { recountEvents } from "@/db/queries/events/recount";
import { countOldEvents, deleteOldEvents } from "@/db/queries/retention/delete-events";
import { readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { forgetPurged } from "./forget-purged";

const BATCH_ROWS = 5_000;

export const purgeInput = z.object({ confirmedName: z.string().trim() });

/**
 * Removes every event of a company, and the accounts, computers and counts made of them.
 *
 * Keys are disabled first and stay so: agents would fill the place again. Events go with their counts in short
 * transactions of their own, so that no one waits; one that was broken off is finished by purging again.
 * @throws AppError `invalid` unless the company's name was typed.
 */
export async function purgeCompany(
  { audit, scope }: CompanyContext,
  { confirmedName }: z.output<typeof purgeInput>,
): Promise<{ events: number }> {
  const { company, holdings } = await readWithin(scope, async (tx) => ({
    company: await findCompany(tx, scope),
    holdings: await countHoldings(tx, scope),
  }));
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  assertNameTyped(confirmedName, company.name);
  const target = targetOf(company);
  await writeWithin(scope, async (tx) => {
    const disabledKeys = await disableAllKeys(tx, scope);
    await insertAuditRow(tx, {
      ...audit,
      ...target,
      action: "company.purge-begin",
      before: { ...holdings, disabledKeys },
    });
  });
  const events = await deleteEvents(scope, null);
  await writeWithin(scope, async (tx) => {
    // Else a batch of rules that is under way writes alerts and memories of what is gone.
    await holdCursor(tx, scope);
    if (await hasEvents(tx, scope)) {
      throw new AppError("conflict", { key: "errors.eventsArrived" });
    }
    await deleteDerivedRows(tx, scope);
    await insertAuditRow(tx, { ...audit, ...target, action: "company.purge", after: { events } });
  });
  forgetNameIds();
  return { events };
}

function targetOf({ id, name }: { id: number; name: string }) {
  return { companyId: id, targetType: "company", targetId: id, targetName: name };
}

/** Deletes the events before the instant, or all; gives how many. */
async function deleteEvents(scope: CompanyWriteScope, before: Date | null): Promise<number> {
  let total = 0;
  let from: Date | null = null;
  for (;;) {
    const batch: Parameters<typeof deleteOldEvents>[2] = { from, before, limit: BATCH_ROWS };
    const { deleted, reached } = await writeWithin(scope, (tx) => deleteOldEvents(tx, scope, batch));
    total += deleted;
    if (deleted === BATCH_ROWS) from = reached;
    else if (from === null) return total;
    // Once more from the beginning, for what has arrived there meanwhile.
    else from = null;
  }
}

const QUARTER_HOUR_MILLISECONDS = 15 * 60_000;

/**
 * Removes a company's events before the instant, which is moved back to a full quarter of an hour, with all that they
 * told of accounts and computers, and corrects the counts before it. Keys go on working.
 */
export async function purgeEventsBefore(
  { audit, scope }: CompanyContext,
  instant: Date,
): Promise<{ events: number }> {
  const before = new Date(instant.getTime() - (instant.getTime() % QUARTER_HOUR_MILLISECONDS));
  const company = await readWithin(scope, (tx) => findCompany(tx, scope));
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  const row = { ...audit, ...targetOf(company) };
  await writeWithin(scope, async (tx) => {
    const after = { events: await countOldEvents(tx, scope, before), before: before.toISOString() };
    await insertAuditRow(tx, { ...row, action: "company.purge-begin", after });
  });
  const events = await deleteEvents(scope, before);
  await writeWithin(scope, (tx) => recountEvents(tx, scope, before));
  await forgetPurged(scope, before);
  await writeWithin(scope, async (tx) => {
    await deleteEmptyCounts(tx, scope, before);
    await insertAuditRow(tx, {
      ...row,
      action: "company.purge",
      after: { events, before: before.toISOString() },
    });
  });
  return { events };
}

/** As a name is shown and typed: pages show several blanks as one, and keyboards write accents in one piece. */
const asTyped = (name: string) => name.normalize("NFC").trim().replaceAll(/\s+/gu, " ");

/** @throws AppError `invalid` unless the name was typed as it is shown, but for surrounding blanks. */
export function assertNameTyped(typed: string, name: string): void {
  if (asTyped(typed) === asTyped(name)) return;
  throw new AppError("invalid", { key: "errors.nameMismatch" }, [
    { field: "confirmedName", message: { key: "errors.nameMismatchField", values: { name } } },
  ]);
}
