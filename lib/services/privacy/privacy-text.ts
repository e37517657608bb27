import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany, lockCompany, updateCompany } from "@/db/queries/companies/company";
import { readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { editOf } from "@/lib/domain/edit-input";
import { optionalParagraphs } from "@/lib/domain/form-input";
import { effectiveRetention } from "@/lib/domain/operations/retention";
import { defaultPrivacyTexts } from "@/lib/domain/privacy/default-text";
import { wordText } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import { readerOf, TEXT_LOCALES } from "@/lib/texts";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";
import { readSettings } from "../settings/read-settings";

export interface PrivacyNotice {
  companyName: string;
  /** What the company has written, paragraphs separated by empty lines; null: the default text applies. */
  text: string | null;
  /** Days events are kept; null: forever. */
  eventRetentionDays: number | null;
  /** Whether rules learn the habits of its people. */
  learnsHabits: boolean;
}

/** What a company tells its people, and how long events are kept. */
export async function readPrivacyNotice(scope: CompanyWriteScope): Promise<PrivacyNotice> {
  const [company, settings] = await Promise.all([
    readWithin(scope, (tx) => findCompany(tx, scope)),
    readSettings(),
  ]);
  if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
  return {
    companyName: company.name,
    text: company.privacyText,
    eventRetentionDays: effectiveRetention(company, settings).eventRetentionDays,
    learnsHabits: company.learnsHabits,
  };
}

export const privacyTextInput = editOf({}, { privacyText: optionalParagraphs(5_000) });

/** Stores the company's own text; an empty one, or the default one in any language, restores the default. */
export async function savePrivacyText(
  { audit, scope }: CompanyContext,
  { privacyText }: z.output<typeof privacyTextInput>,
): Promise<void> {
  return writeWithin(scope, async (tx) => {
    const company = await lockCompany(tx, scope);
    if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
    if (privacyText === undefined) return;
    const changed = changedFields(company, {
      privacyText: isDefault(privacyText, company.name) ? null : privacyText,
    });
    if (!changed) return;
    await updateCompany(tx, scope, changed.after);
    await insertAuditRow(tx, {
      ...audit,
      companyId: company.id,
      action: "privacy.update-text",
      outcome: "success",
      targetType: "company",
      targetId: company.id,
      targetName: company.name,
      ...changed,
    });
  });
}

function isDefault(text: string | null, companyName: string): boolean {
  return TEXT_LOCALES.some((locale) => {
    const reader = readerOf(locale, "UTC");
    const paragraphs = defaultPrivacyTexts(companyName).map((paragraph) => wordText(paragraph, reader));
    return text === paragraphs.join("\n\n");
  });
}
