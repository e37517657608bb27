import { addLocalDays, localDateOf, startOfLocalDay, type IanaZone } from "../zones";

/** Days kept; null keeps forever. */
export interface RetentionDays {
  eventRetentionDays: number | null;
  errorRetentionDays: number | null;
  auditRetentionDays: number | null;
}

/** The company's own days where it has any, else the portal's. */
export function effectiveRetention(own: RetentionDays, portal: RetentionDays): RetentionDays {
  return {
    eventRetentionDays: own.eventRetentionDays ?? portal.eventRetentionDays,
    errorRetentionDays: own.errorRetentionDays ?? portal.errorRetentionDays,
    auditRetentionDays: own.auditRetentionDays ?? portal.auditRetentionDays,
  };
}

const DAY_MS = 86_400_000;
const QUARTER_HOUR_MS = 15 * 60_000;

/**
 * What is older than this instant (epoch milliseconds) goes; null when everything stays.
 *
 * It is the beginning of a local day, so whole days go, and never less than the full number of days stays. It lies on
 * a full quarter of an hour, as the counts of events do.
 */
export function retentionCutoff(days: number | null, zone: IanaZone, now: number): number | null {
  if (days === null) return null;
  const day = startOfLocalDay(addLocalDays(localDateOf(now, zone), -days), zone);
  const cutoff = Math.min(day, now - days * DAY_MS);
  return cutoff - (((cutoff % QUARTER_HOUR_MS) + QUARTER_HOUR_MS) % QUARTER_HOUR_MS);
}
