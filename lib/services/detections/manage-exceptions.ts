import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockAlerts, type LockedAlert } from "@/db/queries/detections/change-alerts";
import { deleteException, insertException, listExceptions } from "@/db/queries/detections/settings";
import { writeWithin } from "@/db/scope";
import { ruleTitle } from "@/lib/domain/detections/alert";
import type { exceptionForm, exceptionRef } from "@/lib/domain/detections/alert-form";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { readSettings } from "../settings/read-settings";
import { endOfDay } from "./end-of-day";
import { changeLocked } from "./change-alerts";

const MOST_EXCEPTIONS = 500;

/**
 * Has the alert's rule count its account or address no more, up to the end of a day if one is given, and closes the
 * alert as expected.
 *
 * @throws AccessDenied; AppError `not_found`; `invalid` for a day that is over; `conflict` when there are 500.
 */
export async function addException(
  context: CompanyContext,
  { alertId, reason, until }: z.output<typeof exceptionForm>,
): Promise<{ exceptionId: number }> {
  const { actor, audit, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  const { timeZone: portalZone } = await readSettings();
  return writeWithin(scope, async (tx) => {
    const [alert] = await lockAlerts(tx, scope, [alertId]);
    if (!alert) throw new AppError("not_found", { key: "alertErrors.alertMissing" });
    const endsAt = await endOfDay(tx, scope, until, portalZone);
    if ((await listExceptions(tx, scope)).length >= MOST_EXCEPTIONS) {
      throw new AppError("conflict", {
        key: "alertErrors.exceptionsFull",
        values: { max: MOST_EXCEPTIONS },
      });
    }
    const subject = subjectOf(alert);
    const createdByUserId = actor.userId || null;
    const exceptionId = await insertException(tx, scope, {
      rule: alert.rule,
      ...subject,
      reason,
      endsAt,
      createdByUserId,
    });
    await insertAuditRow(tx, {
      ...audit,
      companyId: scope.companyId,
      action: "exception.create",
      outcome: "success",
      targetType: "rule",
      targetId: alert.rule,
      targetName: inEnglish(ruleTitle(alert.rule)),
      after: { ...subject, reason, endsAt },
    });
    if (alert.state !== "closed-expected")
      await changeLocked(tx, context, [alert], "closed-expected", reason);
    return { exceptionId };
  });
}

/** What the alert is about, which is all that the exception names. */
function subjectOf({ subjectKey, accountId, computerId, siteId, address }: LockedAlert) {
  const none = { accountId: null, computerId: null, siteId: null, address: null };
  if (subjectKey.startsWith("address:")) return { ...none, address };
  if (subjectKey.startsWith("computer:")) return { ...none, computerId };
  return subjectKey.startsWith("site:") ? { ...none, siteId } : { ...none, accountId };
}

/** Has a rule count again what was excepted, from the next events on. @throws AccessDenied; AppError `not_found`. */
export async function removeException(
  { actor, audit, scope }: CompanyContext,
  { exceptionId }: z.output<typeof exceptionRef>,
): Promise<void> {
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    const gone = await deleteException(tx, scope, exceptionId);
    if (!gone) throw new AppError("not_found", { key: "alertErrors.exceptionMissing" });
    const { rule, accountId, computerId, siteId, address, reason, endsAt } = gone;
    await insertAuditRow(tx, {
      ...audit,
      companyId: scope.companyId,
      action: "exception.delete",
      outcome: "success",
      targetType: "rule",
      targetId: rule,
      targetName: inEnglish(ruleTitle(rule)),
      before: { accountId, computerId, siteId, address, reason, endsAt },
    });
  });
}
