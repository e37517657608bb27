import type { Transaction } from "@/db/client";
import { findCompany, type CompanyRow } from "@/db/queries/companies/company";
import { findRun, findSchedule, type RunRow, type ScheduleRow } from "@/db/queries/schedules/schedules";
import type { CompanyWriteScope } from "@/db/scope";
import type { RecipientRules } from "./recipients";

export interface LoadedRun {
  run: RunRow;
  schedule: ScheduleRow;
  company: CompanyRow;
}

/** A run with its schedule and company; null once one of them is gone. */
export async function loadRun(
  tx: Transaction,
  scope: CompanyWriteScope,
  runId: number,
): Promise<LoadedRun | null> {
  const run = await findRun(tx, scope, runId);
  const schedule = run && (await findSchedule(tx, scope, run.scheduleId));
  const company = await findCompany(tx, scope);
  return run && schedule && company && { run, schedule, company };
}

/** Runs that a user requests are sent even so. */
export function isPaused({ run, schedule }: LoadedRun): boolean {
  return schedule.pausedAt !== null && run.reason === "due";
}

export function rulesOf({ company }: LoadedRun): RecipientRules {
  return { companyId: company.id, domains: company.reportDomains };
}
