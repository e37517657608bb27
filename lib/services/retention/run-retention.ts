import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  deleteOldErrors,
  listCompanyRetention,
  removeOldAuditRows,
  type CompanyRetention,
} from "@/db/queries/global/retention";
import { findCompany } from "@/db/queries/companies/company";
import { countOldEvents } from "@/db/queries/retention/delete-events";
import { operatorScope, portalScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { effectiveRetention, retentionCutoff } from "@/lib/domain/operations/retention";
import { ianaZone } from "@/lib/domain/zones";
import type { AuditActor } from "../audit/actor";
import { readSettings, type Settings } from "../settings/read-settings";
import { forEachCompany, Looks } from "../jobs/companies-failed";
import { inBatches } from "./batch-pace";
import { deleteOldNotifications } from "./delete-old-notifications";
import { deleteOldMail } from "./delete-old-mail";
import { deleteOldSessions } from "./delete-old-sessions";
import { deleteCompanyHistory, type DeletedHistory } from "./delete-company-history";

export interface RetentionOutcome extends DeletedHistory {
  /** Companies something was deleted of. */
  companies: number;
  errors: number;
  audit: number;
  notifications: number;
}

const FEW_ROWS = { first: 500, least: 100, most: 5_000 };

/**
 * Deletes what every company's and the portal's retention lets go, in short transactions with pauses between them.
 *
 * Nothing inside a retention is touched. Broken off at any point, the next run goes on where it stopped, because what
 * is to go is found anew each time. @throws PartlyFailed at the end where it failed for some companies: these keep neither
 * the others nor the portal's own waiting.
 */
export async function runRetention(
  actor: AuditActor,
  signal: AbortSignal,
  now: number = Date.now(),
): Promise<RetentionOutcome> {
  const settings = await readSettings();
  const total: RetentionOutcome = {
    companies: 0,
    events: 0,
    accounts: 0,
    computers: 0,
    errors: 0,
    audit: 0,
    notifications: 0,
  };
  const companies = new Map((await listCompanyRetention()).map((company) => [company.id, company]));
  const looks = new Looks();
  await looks.count(
    forEachCompany(companies.keys(), async (id) => {
      if (signal.aborted) return;
      const done = await runForCompany(actor, signal, companies.get(id)!, settings, now);
      const sum = Object.values(done).reduce((all, count) => all + count, 0);
      if (sum > 0) total.companies += 1;
      for (const name of ["events", "accounts", "computers", "errors", "audit", "notifications"] as const)
        total[name] += done[name];
    }),
  );
  if (signal.aborted) return looks.end(total);
  const portalZone = ianaZone(settings.timeZone);
  const own = await deleteLogs(
    actor,
    signal,
    null,
    retentionCutoff(settings.errorRetentionDays, portalZone, now),
    retentionCutoff(settings.auditRetentionDays, portalZone, now),
  );
  total.errors += own.errors;
  total.audit += own.audit;
  total.notifications += await deleteOldNotifications(portalScope(), null, signal, now);
  await deleteOldMail(signal, now);
  await deleteOldSessions(signal, now);
  return looks.end(total);
}

async function runForCompany(
  actor: AuditActor,
  signal: AbortSignal,
  company: CompanyRetention,
  settings: Settings,
  now: number,
): Promise<Omit<RetentionOutcome, "companies">> {
  const days = effectiveRetention(company, settings);
  const zone = ianaZone(company.timeZone ?? settings.timeZone);
  const eventsBefore = retentionCutoff(days.eventRetentionDays, zone, now);
  const history =
    eventsBefore === null
      ? { events: 0, accounts: 0, computers: 0 }
      : await deleteHistory(actor, signal, company, new Date(eventsBefore));
  const logs = await deleteLogs(
    actor,
    signal,
    company.id,
    retentionCutoff(days.errorRetentionDays, zone, now),
    retentionCutoff(days.auditRetentionDays, zone, now),
  );
  const notifications = await deleteOldNotifications(operatorScope(company.id), eventsBefore, signal, now);
  return { ...history, ...logs, notifications };
}

async function deleteHistory(
  actor: AuditActor,
  signal: AbortSignal,
  company: CompanyRetention,
  before: Date,
): Promise<DeletedHistory> {
  const scope = operatorScope(company.id);
  await announce(actor, scope, company, before);
  const done = await deleteCompanyHistory(scope, before, signal);
  if (done.events + done.accounts + done.computers > 0) {
    await audit(actor, scope, company, "retention.delete", { ...done, before: before.toISOString() });
  }
  return done;
}

/** Logged before and after, so a crash leaves a trace. */
async function announce(
  actor: AuditActor,
  scope: CompanyWriteScope,
  company: CompanyRetention,
  before: Date,
): Promise<void> {
  const events = await writeWithin(scope, (tx) => countOldEvents(tx, scope, before));
  if (events > 0) {
    await audit(actor, scope, company, "retention.delete-begin", { events, before: before.toISOString() });
  }
}

async function audit(
  actor: AuditActor,
  scope: CompanyWriteScope,
  company: CompanyRetention,
  action: string,
  after: object,
): Promise<void> {
  await writeWithin(scope, async (tx) => {
    // The company may have been deleted meanwhile, and with it every reason to tell.
    if (!(await findCompany(tx, scope))) return;
    await insertAuditRow(tx, {
      ...actor,
      companyId: company.id,
      action,
      targetType: "company",
      targetId: company.id,
      targetName: company.name,
      after,
    });
  });
}

async function deleteLogs(
  actor: AuditActor,
  signal: AbortSignal,
  companyId: number | null,
  errorsBefore: number | null,
  auditBefore: number | null,
): Promise<{ errors: number; audit: number }> {
  const errors =
    errorsBefore === null
      ? 0
      : await inBatches(signal, FEW_ROWS, (limit) =>
          deleteOldErrors(companyId, new Date(errorsBefore), limit),
        );
  const removed =
    auditBefore === null
      ? 0
      : await inBatches(signal, FEW_ROWS, (limit) =>
          removeOldAuditRows(actor, { companyId, before: new Date(auditBefore), limit }),
        );
  return { errors, audit: removed };
}
