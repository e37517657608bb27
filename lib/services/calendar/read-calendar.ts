import { listExemptions, listHolidays } from "@/db/queries/calendar/days";
import { listHours, type HoursRow } from "@/db/queries/calendar/hours";
import { findCompany } from "@/db/queries/companies/company";
import { listSiteNames } from "@/db/queries/companies/list-site-names";
import { findNamed } from "@/db/queries/events/match-names";
import { readWithin } from "@/db/scope";
import type { WeekHours } from "@/lib/domain/detections/company-calendar";
import { can } from "@/lib/domain/permissions";
import type { Text } from "@/lib/domain/text";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { lastDayOf } from "../detections/end-of-day";
import { readSettings } from "../settings/read-settings";

export interface HoursView {
  hours: WeekHours;
  graceMinutes: number;
  /** null follows the company. */
  timeZone: string | null;
}

export interface HolidayView {
  id: number;
  name: string;
  firstDay: string;
  lastDay: string;
  isYearly: boolean;
  /** null for every site. */
  site: string | Text | null;
}

export interface ExemptionView {
  id: number;
  accountId: number;
  /** A text for one that was deleted meanwhile. */
  account: string | Text;
  reason: string;
  /** Epoch milliseconds; null for no end. */
  endsAt: number | null;
  /** A local date in the company's zone; null for no end. */
  lastDay: string | null;
}

export interface CalendarScreen {
  /** The zone of hours that name none. */
  companyZone: string;
  company: HoursView | null;
  /** Sites that are not deleted, by name; hours are null where the company's hold. */
  sites: { id: number; name: string; hours: HoursView | null }[];
  holidays: HolidayView[];
  exemptions: ExemptionView[];
  mayManage: boolean;
}

const viewOf = ({ hours, graceMinutes, timeZone }: HoursRow): HoursView => ({
  hours,
  graceMinutes,
  timeZone,
});

const siteNumber = (id: number): Text => ({ key: "calendar.siteNumber", values: { id: String(id) } });
const deletedAccount = (id: number): Text => ({ key: "calendar.deletedAccount", values: { id: String(id) } });

/** The company's working hours, holidays and exemptions. @throws AccessDenied. */
export async function readCalendarScreen({ actor, scope }: CompanyContext): Promise<CalendarScreen> {
  assertCan(actor, "alerts:read", scope);
  const { timeZone: portalZone } = await readSettings();
  return readWithin(scope, async (tx) => {
    const [company, rows, names, days, exempt] = await Promise.all([
      findCompany(tx, scope),
      listHours(tx, scope),
      listSiteNames(tx, scope),
      listHolidays(tx, scope),
      listExemptions(tx, scope),
    ]);
    const accountIds = exempt.map(({ accountId }) => accountId);
    const accounts = new Map(
      (await findNamed(tx, scope, "accounts", accountIds)).map(({ id, name }) => [id, name]),
    );
    const hoursOf = (siteId: number | null) => {
      const row = rows.find((one) => one.siteId === siteId);
      return row ? viewOf(row) : null;
    };
    const companyZone = company?.timeZone ?? portalZone;
    return {
      companyZone,
      company: hoursOf(null),
      sites: names
        .filter(({ isDeleted }) => !isDeleted)
        .map(({ id, name }) => ({ id, name, hours: hoursOf(id) })),
      holidays: days.map(({ siteId, id, name, firstDay, lastDay, isYearly }) => ({
        id,
        name,
        firstDay,
        lastDay,
        isYearly,
        site: siteId === null ? null : (names.find((one) => one.id === siteId)?.name ?? siteNumber(siteId)),
      })),
      exemptions: exempt.map(({ id, accountId, reason, endsAt }) => ({
        id,
        accountId,
        account: accounts.get(accountId) ?? deletedAccount(accountId),
        reason,
        endsAt: endsAt?.getTime() ?? null,
        lastDay: lastDayOf(endsAt, companyZone),
      })),
      mayManage: can(actor, "alerts:manage", scope),
    };
  });
}
