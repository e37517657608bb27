import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  deleteExemption,
  deleteHoliday,
  insertExemption,
  insertHoliday,
  listExemptions,
  listHolidays,
} from "@/db/queries/calendar/days";
import { lockCompany } from "@/db/queries/companies/company";
import { lockSite } from "@/db/queries/companies/sites";
import { findAccountByKey } from "@/db/queries/events/find-account";
import { writeWithin } from "@/db/scope";
import type {
  exemptionForm,
  exemptionRef,
  holidayForm,
  holidayRef,
} from "@/lib/domain/detections/calendar-form";
import { nameKey } from "@/lib/domain/events/wire";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";
import { endOfDay } from "../detections/end-of-day";
import { readSettings } from "../settings/read-settings";

const MOST = 500;

/** @throws AccessDenied; AppError `not_found` for a site; `conflict` when there are 500. */
export async function addHoliday(
  context: CompanyContext,
  { siteId, ...holiday }: z.output<typeof holidayForm>,
): Promise<{ holidayId: number }> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  return writeWithin(scope, async (tx) => {
    await lockCompany(tx, scope);
    const site = siteId === null ? null : await lockSite(tx, scope, siteId);
    if (siteId !== null && !site) throw new AppError("not_found", { key: "alertErrors.siteMissing" });
    if ((await listHolidays(tx, scope)).length >= MOST) {
      throw new AppError("conflict", { key: "alertErrors.holidaysFull", values: { max: MOST } });
    }
    const holidayId = await insertHoliday(tx, scope, { siteId, ...holiday });
    await insertAuditRow(tx, {
      ...companyAudit(context, "holiday.create", "holiday", { id: holidayId, name: holiday.name }),
      after: { site: site?.name ?? null, ...holiday },
    });
    return { holidayId };
  });
}

/** @throws AccessDenied; AppError `not_found`. */
export async function removeHoliday(
  context: CompanyContext,
  { holidayId }: z.output<typeof holidayRef>,
): Promise<void> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    const gone = await deleteHoliday(tx, scope, holidayId);
    if (!gone) throw new AppError("not_found", { key: "alertErrors.holidayMissing" });
    const { name, siteId, firstDay, lastDay, isYearly } = gone;
    await insertAuditRow(tx, {
      ...companyAudit(context, "holiday.delete", "holiday", { id: holidayId, name }),
      before: { siteId, name, firstDay, lastDay, isYearly },
    });
  });
}

/**
 * Has an account work at any time, up to the end of a day of the company's zone or for good.
 *
 * @throws AccessDenied; AppError `invalid` for an unknown name or a day that is over; `conflict` when there are 500.
 */
export async function addExemption(
  context: CompanyContext,
  { account: name, reason, until }: z.output<typeof exemptionForm>,
): Promise<{ exemptionId: number }> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  const { timeZone: portalZone } = await readSettings();
  return writeWithin(scope, async (tx) => {
    await lockCompany(tx, scope);
    const account = await findAccountByKey(tx, scope, nameKey(name));
    if (!account) {
      const message = { key: "alertErrors.accountUnknown" } as const;
      throw new AppError("invalid", message, [{ field: "account", message }]);
    }
    const endsAt = await endOfDay(tx, scope, until, portalZone);
    if ((await listExemptions(tx, scope)).length >= MOST) {
      throw new AppError("conflict", { key: "alertErrors.exemptionsFull", values: { max: MOST } });
    }
    const row = { accountId: account.id, reason, endsAt, createdByUserId: actor.userId || null };
    const exemptionId = await insertExemption(tx, scope, row);
    await insertAuditRow(tx, {
      ...companyAudit(context, "exemption.create", "account", { id: account.id }),
      after: { reason, endsAt },
    });
    return { exemptionId };
  });
}

/** @throws AccessDenied; AppError `not_found`. */
export async function removeExemption(
  context: CompanyContext,
  { exemptionId }: z.output<typeof exemptionRef>,
): Promise<void> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    const gone = await deleteExemption(tx, scope, exemptionId);
    if (!gone) throw new AppError("not_found", { key: "alertErrors.exemptionMissing" });
    const { accountId, reason, endsAt } = gone;
    await insertAuditRow(tx, {
      ...companyAudit(context, "exemption.delete", "account", { id: accountId }),
      before: { reason, endsAt },
    });
  });
}
