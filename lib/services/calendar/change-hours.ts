import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { deleteHours, listHours, writeHours, type HoursRow } from "@/db/queries/calendar/hours";
import { findCompany, lockCompany } from "@/db/queries/companies/company";
import { lockSite } from "@/db/queries/companies/sites";
import { writeWithin, type CompanyWriteScope } from "@/db/scope";
import type { hoursForm, placeRef } from "@/lib/domain/detections/calendar-form";
import { DAY_FIELDS } from "@/lib/domain/detections/day-fields";
import {
  shiftText,
  USUAL_GRACE_MINUTES,
  USUAL_HOURS,
  type Shift,
  type WeekHours,
} from "@/lib/domain/detections/company-calendar";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";

/**
 * Sets working hours of the company or, in their place, of a site. What was not touched stays as it is; the first time
 * it is what the form showed: the company's hours, or the usual ones.
 *
 * @throws AccessDenied; AppError `not_found` for a site; `invalid` for half a shift, or no working day.
 */
export async function changeHours(
  context: CompanyContext,
  { siteId, graceMinutes, timeZone, ...times }: z.output<typeof hoursForm>,
): Promise<void> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    await lockCompany(tx, scope);
    const place = await findPlace(tx, scope, siteId);
    const rows = await listHours(tx, scope);
    const before = rows.find((row) => row.siteId === siteId) ?? null;
    const base = before ?? rows.find((row) => row.siteId === null) ?? null;
    const after: HoursRow = {
      siteId,
      hours: mergeHours(base?.hours ?? USUAL_HOURS, times),
      graceMinutes: graceMinutes ?? base?.graceMinutes ?? USUAL_GRACE_MINUTES,
      timeZone: timeZone === undefined ? (before?.timeZone ?? null) : timeZone,
    };
    await writeHours(tx, scope, after);
    await insertAuditRow(tx, {
      ...companyAudit(context, "calendar.update", place.type, place),
      before: before && hoursFacts(before),
      after: hoursFacts(after),
    });
  });
}

type Times = Omit<z.output<typeof hoursForm>, "siteId" | "graceMinutes" | "timeZone">;

function mergeHours(base: WeekHours, times: Times): WeekHours {
  const hours = DAY_FIELDS.map((day, place): Shift | null => {
    const [typedFrom, typedTo] = [times[`${day}From`], times[`${day}To`]];
    const from = typedFrom === undefined ? (base[place]?.from ?? null) : typedFrom;
    const to = typedTo === undefined ? (base[place]?.to ?? null) : typedTo;
    if (from === null && to === null) return null;
    if (from === null || to === null) {
      const message = { key: "alertErrors.hoursHalf" } as const;
      throw new AppError("invalid", message, [{ field: `${day}${from === null ? "From" : "To"}`, message }]);
    }
    return { from, to };
  });
  if (hours.every((shift) => shift === null)) {
    const message = { key: "alertErrors.hoursNone" } as const;
    throw new AppError("invalid", message, [{ field: "mondayFrom", message }]);
  }
  return hours;
}

/** Removes the hours of the company or of a site, for which the company's hold again. @throws as above. */
export async function removeHours(
  context: CompanyContext,
  { siteId }: z.output<typeof placeRef>,
): Promise<void> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    const place = await findPlace(tx, scope, siteId);
    const gone = await deleteHours(tx, scope, siteId);
    if (!gone) throw new AppError("not_found", { key: "alertErrors.hoursMissing" });
    await insertAuditRow(tx, {
      ...companyAudit(context, "calendar.delete", place.type, place),
      before: hoursFacts(gone),
    });
  });
}

interface Place {
  type: "company" | "site";
  id: number;
  name: string;
}

async function findPlace(tx: Transaction, scope: CompanyWriteScope, siteId: number | null): Promise<Place> {
  if (siteId === null) {
    return { type: "company", id: scope.companyId, name: (await findCompany(tx, scope))?.name ?? "" };
  }
  const site = await lockSite(tx, scope, siteId);
  if (!site) throw new AppError("not_found", { key: "alertErrors.siteMissing" });
  return { type: "site", id: site.id, name: site.name };
}

function hoursFacts({ hours, graceMinutes, timeZone }: HoursRow): Record<string, unknown> {
  const days = DAY_FIELDS.map((day, place) => [day, inEnglish(shiftText(hours[place] ?? null))]);
  return { ...Object.fromEntries(days), graceMinutes, timeZone };
}
