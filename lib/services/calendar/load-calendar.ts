import type { Transaction } from "@/db/client";
import { listExemptions, listHolidays } from "@/db/queries/calendar/days";
import { listHours } from "@/db/queries/calendar/hours";
import type { CompanyWriteScope } from "@/db/scope";
import type { CompanyCalendar, PlaceCalendar } from "@/lib/domain/detections/company-calendar";
import { isIanaZone, type IanaZone } from "@/lib/domain/zones";

/** The company's calendar as rules ask it. `companyZone` is that of hours without a zone of their own. */
export async function loadCalendar(
  tx: Transaction,
  scope: CompanyWriteScope,
  companyZone: IanaZone,
): Promise<CompanyCalendar> {
  const [rows, days, exempt] = await Promise.all([
    listHours(tx, scope),
    listHolidays(tx, scope),
    listExemptions(tx, scope),
  ]);
  const places = rows.map(({ siteId, timeZone, hours, graceMinutes }): [number | null, PlaceCalendar] => [
    siteId,
    {
      zone: isIanaZone(timeZone) ? timeZone : companyZone,
      hours,
      graceMinutes,
      holidays: days.filter((day) => day.siteId === null || day.siteId === siteId),
    },
  ]);
  const common = places.find(([siteId]) => siteId === null)?.[1] ?? null;
  const sites = new Map(places.filter((place): place is [number, PlaceCalendar] => place[0] !== null));
  // A site without hours of its own may have holidays of its own.
  for (const { siteId } of days) {
    if (siteId === null || sites.has(siteId) || !common) continue;
    sites.set(siteId, {
      ...common,
      holidays: days.filter((day) => day.siteId === null || day.siteId === siteId),
    });
  }
  const exemptions = exempt.map(({ accountId, endsAt }) => ({
    accountId,
    endsAt: endsAt?.getTime() ?? null,
  }));
  return { company: common, sites, exemptions };
}
