import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { ensureSettings } from "@/db/queries/global/first-start";
import { updateSettingsRow, type SettingsRow } from "@/db/queries/global/settings";
import { operatorActor } from "@/lib/services/audit/actor";
import { forgetSettings } from "@/lib/services/settings/read-settings";
import type { TestCompany } from "./stored-events";

/** Changes the portal's settings of a suite with a database of its own. */
export async function setSettings(change: Partial<SettingsRow>): Promise<void> {
  await database().transaction(async (tx) => {
    await ensureSettings(tx);
    await updateSettingsRow(tx, change);
  });
  forgetSettings();
}

/** Gives a company days of its own. */
export async function setCompanyRetention(
  { companyId }: TestCompany,
  days: { events?: number | null; errors?: number | null; audit?: number | null },
): Promise<void> {
  await database().execute(sql`
    update app_auth_companies set event_retention_days = ${days.events ?? null},
      error_retention_days = ${days.errors ?? null}, audit_retention_days = ${days.audit ?? null}
    where id = ${companyId}`);
}

/**
 * Adds an audit row as if it had been written so many days ago. The chain stays whole: the time is set while the
 * trigger chains the row.
 */
export async function addAgedAuditRow(companyId: number | null, daysAgo: number): Promise<void> {
  await database().transaction(async (tx) => {
    await insertAuditRow(tx, {
      ...operatorActor("command line"),
      companyId,
      action: "company.update",
      outcome: "success",
      targetName: "somebody's name",
    });
    await tx.execute(sql`
      update audit_log set at = at - make_interval(days => ${daysAgo})
      where seq = (select head_seq from audit_chain)`);
    await tx.execute(sql`
      update audit_log l set hash = audit_row_hash(l) where seq = (select head_seq from audit_chain)`);
    await tx.execute(sql`
      update audit_chain set head_hash = (select hash from audit_log where seq = head_seq)`);
  });
}

export async function addAgedError(companyId: number | null, daysAgo: number): Promise<void> {
  await database().execute(sql`
    insert into api_error_logs (level, message, company_id, timestamp, last_at)
    values ('ERROR', 'aged', ${companyId}, now() - make_interval(days => ${daysAgo}),
      now() - make_interval(days => ${daysAgo}))`);
}
