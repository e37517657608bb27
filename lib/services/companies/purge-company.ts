import { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { countHoldings, findCompany, hasEvents } from "@/db/queries/companies/company";
import { disableAllKeys } from "@/db/queries/companies/keys";
import { deleteCountsBefore, deleteDerivedRows, deleteEventBatch } from "@/db/queries/companies/purge";
import { forgetNameIds } from "@/db/queries/events/names";
import { readWithin, writeWithin } from "@/db/scope";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";

const BATCH_ROWS = 5_000;

export const purgeInput = z.object({ confirmedName: z.string().trim() });

/**
 * Removes every event of a company, and the accounts, computers and counts made of them.
 *
 * Keys are disabled first and stay so: agents would fill the place again. Events go in short transactions of
 * their own, so that nobody waits; one that was broken off is finished by purging again.
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
  const target = {
    companyId: company.id,
    targetType: "company",
    targetId: company.id,
    targetName: company.name,
  };
  await writeWithin(scope, async (tx) => {
    const disabledKeys = await disableAllKeys(tx, scope);
    await insertAuditRow(tx, {
      ...audit,
      ...target,
      action: "company.purge-begin",
      outcome: "success",
      before: { ...holdings, disabledKeys },
    });
  });
  const events = await deleteEvents({ scope });
  await writeWithin(scope, async (tx) => {
    if (await hasEvents(tx, scope)) {
      throw new AppError("conflict", { key: "errors.eventsArrived" });
    }
    await deleteDerivedRows(tx, scope);
    await insertAuditRow(tx, {
      ...audit,
      ...target,
      action: "company.purge",
      outcome: "success",
      after: { events },
    });
  });
  forgetNameIds();
  return { events };
}

async function deleteEvents({ scope }: Pick<CompanyContext, "scope">, before?: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await writeWithin(scope, (tx) =>
      deleteEventBatch(tx, scope, { limit: BATCH_ROWS, before }),
    );
    total += deleted;
    if (deleted < BATCH_ROWS) return total;
  }
}

const QUARTER_HOUR_MILLISECONDS = 15 * 60_000;

/**
 * Removes a company's events before the instant, which is moved back to a full quarter of an hour, so that the counts
 * stay true. Accounts and computers stay, and keys go on working.
 */
export async function purgeEventsBefore(
  { audit, scope }: CompanyContext,
  instant: Date,
): Promise<{ events: number }> {
  const before = new Date(instant.getTime() - (instant.getTime() % QUARTER_HOUR_MILLISECONDS));
  const company = await readWithin(scope, (tx) => findCompany(tx, scope));
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  const events = await deleteEvents({ scope }, before);
  await writeWithin(scope, async (tx) => {
    await deleteCountsBefore(tx, scope, before);
    await insertAuditRow(tx, {
      ...audit,
      companyId: company.id,
      action: "company.purge",
      outcome: "success",
      targetType: "company",
      targetId: company.id,
      targetName: company.name,
      after: { events, before: before.toISOString() },
    });
  });
  return { events };
}

/** @throws AppError `invalid` unless the name was typed as it is, but for surrounding blanks. */
export function assertNameTyped(typed: string, name: string): void {
  if (typed.trim() === name.trim()) return;
  throw new AppError("invalid", { key: "errors.nameMismatch" }, [
    { field: "confirmedName", message: { key: "errors.nameMismatchField", values: { name } } },
  ]);
}
