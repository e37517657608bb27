import { findCompany } from "@/db/queries/companies/company";
import type { ChannelRow } from "@/db/queries/notifications/channels";
import type { Transaction } from "@/db/client";
import { PORTAL_ID, type CompanyWriteScope } from "@/db/scope";
import type { GroupRules } from "@/lib/domain/notifications/grouping";
import { DEFAULT_LOCALE, storedLocale, type Locale } from "@/lib/domain/locales";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import { readSettings } from "../settings/read-settings";

/** Whose notifications a scope's are: null for the portal's own. */
export interface NotificationOwner {
  company: { id: number; name: string } | null;
  zone: IanaZone;
  locale: Locale;
}

/** null when the company is gone. */
export async function readOwner(
  tx: Transaction,
  scope: CompanyWriteScope,
): Promise<NotificationOwner | null> {
  const { timeZone } = await readSettings();
  if (scope.companyId === PORTAL_ID)
    return { company: null, zone: ianaZone(timeZone), locale: DEFAULT_LOCALE };
  const company = await findCompany(tx, scope);
  return (
    company && {
      company: { id: company.id, name: company.name },
      zone: ianaZone(company.timeZone ?? timeZone),
      locale: storedLocale(company.language),
    }
  );
}

/** How a stored channel gathers. */
export function groupRulesOf(channel: ChannelRow, zone: IanaZone): GroupRules {
  const { waitSeconds, intervalSeconds, quietFromMinute, quietToMinute, pausedUntil } = channel;
  const hasQuiet = quietFromMinute !== null && quietToMinute !== null;
  return {
    waitSeconds,
    intervalSeconds,
    quiet: hasQuiet ? { fromMinute: quietFromMinute, toMinute: quietToMinute } : null,
    zone,
    pausedUntil: pausedUntil?.getTime() ?? null,
  };
}
