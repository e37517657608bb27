import { z } from "zod";
import { editOf } from "@/lib/domain/edit-input";
import {
  checkbox,
  lineText,
  optionalLanguage,
  optionalLine,
  optionalParagraphs,
  optionalWholeNumber,
  optionalZone,
  wholeNumber,
} from "@/lib/domain/form-input";
import { issue } from "@/lib/domain/text";

/** Ten years and more: retention for longer is the same as none. */
const retentionDays = optionalWholeNumber(1, 36_500);

/** From five minutes, an agent's usual health check, to a year. */
const silentAfterMinutes = wholeNumber(5, 525_600);

export const companyNameInput = lineText(100, issue("errors.companyNameMissing"));

export const newCompanyInput = z.object({ name: companyNameInput, description: optionalLine(200) });

export const companyChangeInput = editOf(
  {},
  {
    name: companyNameInput,
    description: optionalLine(200),
    timeZone: optionalZone,
    language: optionalLanguage,
    eventRetentionDays: retentionDays,
    errorRetentionDays: retentionDays,
    auditRetentionDays: retentionDays,
    silentAfterMinutes,
    privacyText: optionalParagraphs(5_000),
  },
);

/** Deleting asks for the company's name, so that you don't delete the wrong one by habit. */
export const companyDeletionInput = z.object({
  confirmedName: z.string().trim(),
  isPurgeWanted: checkbox,
});

/** What those who manage a company, and not the portal, may change of it. */
export const silentAfterInput = editOf({}, { silentAfterMinutes });
