import { z } from "zod";
import {
  countOldAudit,
  countOldErrors,
  listCompanyRetention,
  type CompanyRetention,
} from "@/db/queries/global/retention";
import { countOldEvents } from "@/db/queries/retention/delete-events";
import { operatorReadScope, readWithin } from "@/db/scope";
import { optionalWholeNumber } from "@/lib/domain/form-input";
import { effectiveRetention, retentionCutoff, type RetentionDays } from "@/lib/domain/operations/retention";
import { ianaZone } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext, ServiceContext } from "../context";
import { readSettings } from "../settings/read-settings";

const retentionDays = optionalWholeNumber(1, 36_500);

export const retentionInput = z.object({
  eventRetentionDays: retentionDays,
  errorRetentionDays: retentionDays,
  auditRetentionDays: retentionDays,
});

/** What would go of one kind of record; the instant is the latest of those of the companies, epoch milliseconds. */
export interface DoomedRecords {
  count: number;
  before: number | null;
}

export interface RetentionPreview {
  events: DoomedRecords;
  errors: DoomedRecords;
  audit: DoomedRecords;
}

interface Cutoffs {
  companyId: number | null;
  events: number | null;
  errors: number | null;
  audit: number | null;
}

/** What the next run would delete of one company, were these its own days. */
export async function previewCompanyRetention(
  { scope }: Pick<CompanyContext, "scope">,
  own: RetentionDays,
): Promise<RetentionPreview> {
  const company = (await listCompanyRetention()).find(({ id }) => id === scope.companyId);
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  const settings = await readSettings();
  return sumUp([cutoffsOf({ ...company, ...own }, settings, settings.timeZone)]);
}

/** What the next run would delete of the whole portal, were these the portal's days. @throws AccessDenied. */
export async function previewPortalRetention(
  { actor }: Pick<ServiceContext, "actor">,
  portal: RetentionDays,
): Promise<RetentionPreview> {
  assertCan(actor, "settings:update");
  const { timeZone } = await readSettings();
  const companies = await listCompanyRetention();
  const ofPortal: CompanyRetention = {
    ...portal,
    eventRetentionDays: null,
    id: 0,
    name: "",
    timeZone: null,
  };
  return sumUp([
    ...companies.map((company) => cutoffsOf(company, portal, timeZone)),
    { ...cutoffsOf(ofPortal, { ...portal, eventRetentionDays: null }, timeZone), companyId: null },
  ]);
}

function cutoffsOf(company: CompanyRetention, portal: RetentionDays, portalZone: string): Cutoffs {
  const days = effectiveRetention(company, portal);
  const zone = ianaZone(company.timeZone ?? portalZone);
  const now = Date.now();
  return {
    companyId: company.id,
    events: retentionCutoff(days.eventRetentionDays, zone, now),
    errors: retentionCutoff(days.errorRetentionDays, zone, now),
    audit: retentionCutoff(days.auditRetentionDays, zone, now),
  };
}

async function sumUp(all: readonly Cutoffs[]): Promise<RetentionPreview> {
  const preview: RetentionPreview = {
    events: { count: 0, before: null },
    errors: { count: 0, before: null },
    audit: { count: 0, before: null },
  };
  for (const cutoffs of all) {
    const { companyId } = cutoffs;
    await addUp(preview.events, cutoffs.events, (before) => countEvents(companyId, before));
    await addUp(preview.errors, cutoffs.errors, (before) => countOldErrors(companyId, before));
    await addUp(preview.audit, cutoffs.audit, (before) => countOldAudit(companyId, before));
  }
  return preview;
}

async function addUp(
  doomed: DoomedRecords,
  before: number | null,
  count: (before: Date) => Promise<number>,
): Promise<void> {
  if (before === null) return;
  doomed.count += await count(new Date(before));
  doomed.before = Math.max(doomed.before ?? 0, before);
}

function countEvents(companyId: number | null, before: Date): Promise<number> {
  if (companyId === null) return Promise.resolve(0);
  const scope = operatorReadScope([companyId]);
  return readWithin(scope, (tx) => countOldEvents(tx, scope, before));
}
