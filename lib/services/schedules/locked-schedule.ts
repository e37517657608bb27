import type { Transaction } from "@/db/client";
import type { AuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany, type CompanyRow } from "@/db/queries/companies/company";
import {
  findSchedule,
  lockSchedule,
  type NewScheduleRow,
  type ScheduleRow,
} from "@/db/queries/schedules/schedules";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import { scheduleWords } from "@/lib/domain/reports/schedule-words";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";
import { assertManages } from "./authority";
import { scheduleOf } from "./schedule-of";

/** The schedule, locked. A User gets `forbidden` for other people's schedules. */
export async function lockManaged(
  tx: Transaction,
  context: CompanyContext,
  scheduleId: number,
): Promise<ScheduleRow> {
  const row = await lockSchedule(tx, context.scope, scheduleId);
  if (!row) throw new AppError("not_found", { key: "errors.gone" });
  assertManages(context, row);
  return row;
}

/** The same without a lock. */
export async function readManaged(context: CompanyContext, scheduleId: number): Promise<ScheduleRow> {
  const { scope } = context;
  const row = await readWithin(scope, (tx) => findSchedule(tx, scope, scheduleId));
  if (!row) throw new AppError("not_found", { key: "errors.gone" });
  assertManages(context, row);
  return row;
}

/** To which mail domains the company's reports may go besides its members. */
export async function readReportDomains(scope: CompanyWriteScope): Promise<string[]> {
  const company = await readWithin(scope, (tx) => findCompany(tx, scope));
  return company?.reportDomains ?? [];
}

export function zoneIn({ timeZone }: Pick<CompanyRow, "timeZone">, portalZone: string): IanaZone {
  return ianaZone(timeZone ?? portalZone);
}

export function scheduleAudit(
  context: Pick<CompanyContext, "audit" | "scope">,
  action: string,
  { id, viewName }: Pick<ScheduleRow, "id" | "viewName">,
): AuditRow {
  return companyAudit(context, action, "schedule", { id, name: viewName });
}

type Told = Pick<
  NewScheduleRow,
  "kind" | "weekday" | "day" | "hour" | "minute" | "range" | "format" | "memberIds" | "addresses"
>;

/** What of a schedule the trail tells. */
export function auditOf(row: Told) {
  const { range, format, memberIds, addresses } = row;
  return { when: inEnglish(scheduleWords(scheduleOf(row))), range, format, members: memberIds, addresses };
}
