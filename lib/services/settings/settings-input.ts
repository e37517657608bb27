import { z } from "zod";
import { editOf } from "@/lib/domain/edit-input";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";
import { checkbox, optionalWholeNumber, optionalZone, rowId, wholeNumber } from "@/lib/domain/form-input";

const retentionDays = optionalWholeNumber(1, 36_500);

/** What counts as special must be visible and no letter or digit, or the rule would say something else. */
const specialCharacters = z
  .string()
  .transform((text) => [...new Set(text.replace(/\s/g, ""))].join(""))
  .refine((text) => text.length <= 100, "Use at most 100 characters.")
  .refine((text) => /^[\p{P}\p{S}]*$/u.test(text), "Letters, digits and blanks are not special characters.");

export const settingsInput = editOf(
  {},
  {
    allowRegistration: checkbox,
    restrictEmailDomains: checkbox,
    passwordMinLength: wholeNumber(8, 128),
    passwordRequireNumbersMixedCase: checkbox,
    passwordRequireSpecialChars: checkbox,
    passwordSafeSpecialChars: specialCharacters,
    requireMfaForAllUsers: checkbox,
    logLevel: z.enum(ERROR_LEVELS, "Choose a level."),
    timeZone: optionalZone,
    longestSessionHours: wholeNumber(1, 168),
    eventRetentionDays: retentionDays,
    errorRetentionDays: retentionDays,
    auditRetentionDays: retentionDays,
    sessionIdleMinutes: wholeNumber(5, 10_080),
    sessionAbsoluteHours: wholeNumber(1, 720),
    rememberMeDays: wholeNumber(1, 365),
    backupHour: optionalWholeNumber(0, 23),
    backupKeepCount: wholeNumber(1, 365),
  },
);

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/;

/** `example.com` or `@example.com`, kept as the latter, as the original did. */
export const domainInput = z.object({
  domain: z
    .string("Enter a domain.")
    .trim()
    .toLowerCase()
    .max(250, "Use at most 250 characters.")
    .transform((text) => text.replace(/^@/, ""))
    .refine((text) => HOST_NAME.test(text), "Enter a domain such as example.com.")
    .transform((text) => `@${text}`),
});

export const domainRefInput = z.object({ domainId: rowId });
