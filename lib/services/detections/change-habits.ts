import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany, updateCompany } from "@/db/queries/companies/company";
import { deleteHabits, holdCursor, resetHabits } from "@/db/queries/detections/habits";
import { writeWithin } from "@/db/scope";
import type { habitsForm } from "@/lib/domain/detections/rule-form";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";

/**
 * Lets rules learn the habits of the company's people, or has them stop. Switched off, what was learned is deleted;
 * switched on, it is learned from the events of the last 90 days before the next event is asked about.
 *
 * @throws AccessDenied.
 */
export async function changeHabits(
  { actor, audit, scope }: CompanyContext,
  { learnsHabits }: z.output<typeof habitsForm>,
): Promise<void> {
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    // Locked first, as when rules follow events: their memory isn't written back after the deletion.
    await holdCursor(tx, scope);
    const company = await lockCompany(tx, scope);
    if (!company) throw new AppError("not_found", { key: "errors.gone" });
    const changed = learnsHabits === undefined ? null : changedFields(company, { learnsHabits });
    if (!changed) return;
    await updateCompany(tx, scope, changed.after);
    if (!learnsHabits) await deleteHabits(tx, scope);
    await resetHabits(tx, scope);
    await insertAuditRow(tx, {
      ...audit,
      companyId: scope.companyId,
      action: "rule.habits",
      outcome: "success",
      targetType: "company",
      targetId: company.id,
      targetName: company.name,
      ...changed,
    });
  });
}
