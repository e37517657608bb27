import { listCompanyRetention } from "@/db/queries/global/retention";
import { effectiveRetention, retentionCutoff } from "@/lib/domain/operations/retention";
import { ianaZone } from "@/lib/domain/zones";
import { readSettings } from "../settings/read-settings";

/** What the next retention would delete again, epoch milliseconds; null where everything stays. */
export interface RetentionLimits {
  /** Of errors that belong to no company, as imported ones do. */
  errorsBefore: number | null;
  /** Of a company's events. A company that is not here yet keeps them as long as the portal does. */
  eventsBefore(companyId: number): number | null;
}

/** Reads what the portal and its companies keep at `now`, epoch milliseconds. */
export async function readRetentionLimits(now: number): Promise<RetentionLimits> {
  const [settings, companies] = await Promise.all([readSettings(), listCompanyRetention()]);
  const portalZone = ianaZone(settings.timeZone);
  const ofPortal = retentionCutoff(settings.eventRetentionDays, portalZone, now);
  const ofCompany = new Map(
    companies.map((company) => {
      const { eventRetentionDays } = effectiveRetention(company, settings);
      const zone = company.timeZone ? ianaZone(company.timeZone) : portalZone;
      return [company.id, retentionCutoff(eventRetentionDays, zone, now)];
    }),
  );
  return {
    errorsBefore: retentionCutoff(settings.errorRetentionDays, portalZone, now),
    eventsBefore: (companyId) => (ofCompany.has(companyId) ? (ofCompany.get(companyId) ?? null) : ofPortal),
  };
}

/** Why a row that the next retention would delete is left out. */
export const OLDER_THAN_RETENTION = "it is older than the retention period";
