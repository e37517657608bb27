import type { Transaction } from "@/db/client";
import { findCompany } from "@/db/queries/companies/company";
import type { CompanyWriteScope } from "@/db/scope";
import { addLocalDays, ianaZone, isLocalDate, localDateOf, startOfLocalDay } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";

/** The last day, a local date of the zone, of what ends at an instant; null without an end. */
export function lastDayOf(endsAt: Date | null, zone: string): string | null {
  return endsAt && localDateOf(endsAt.getTime() - 1, ianaZone(zone));
}

/**
 * When the company's day `until` ends, a local date or empty for no end, which gives null. `portalZone` is that of a
 * company without a zone. @throws AppError `invalid` for a day that is over.
 */
export async function endOfDay(
  tx: Transaction,
  scope: CompanyWriteScope,
  until: string,
  portalZone: string,
): Promise<Date | null> {
  if (!isLocalDate(until)) return null;
  const zone = ianaZone((await findCompany(tx, scope))?.timeZone ?? portalZone);
  const endsAt = new Date(startOfLocalDay(addLocalDays(until, 1), zone));
  if (endsAt.getTime() > Date.now()) return endsAt;
  const message = { key: "alertErrors.dayPast" } as const;
  throw new AppError("invalid", message, [{ field: "until", message }]);
}
