import { z } from "zod";
import { editOf } from "@/lib/domain/edit-input";
import { ERROR_LEVELS } from "@/lib/domain/error-levels";
import { checkbox, optionalWholeNumber, optionalZone, rowId, wholeNumber } from "@/lib/domain/form-input";
import { ofEachSetting } from "@/lib/domain/settings";
import { issue } from "@/lib/domain/text";

/** What counts as special must be visible and no letter or digit, or the rule would say something else. */
const specialCharacters = z
  .string()
  .transform((text) => [...new Set(text.replace(/\s/g, ""))].join(""))
  .refine((text) => text.length <= 100, issue("errors.tooLong", { max: 100 }))
  .refine((text) => /^[\p{P}\p{S}]*$/u.test(text), issue("errors.specialCharactersWrong"));

export const settingsInput = editOf(
  {},
  {
    ...ofEachSetting({
      flag: () => checkbox,
      number: ({ min, max }) => wholeNumber(min, max),
      optionalNumber: ({ min, max }) => optionalWholeNumber(min, max),
    }),
    passwordSafeSpecialChars: specialCharacters,
    logLevel: z.enum(ERROR_LEVELS, issue("errors.levelMissing")),
    timeZone: optionalZone,
    backupHour: optionalWholeNumber(0, 23),
  },
);

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/;

/** `example.com` or `@example.com`, kept as the latter, as the original did. */
export const domainInput = z.object({
  domain: z
    .string(issue("errors.domainMissing"))
    .trim()
    .toLowerCase()
    .max(250, issue("errors.tooLong", { max: 250 }))
    .transform((text) => text.replace(/^@/, ""))
    .refine((text) => HOST_NAME.test(text), issue("errors.domainWrong"))
    .transform((text) => `@${text}`),
});

export const domainRefInput = z.object({ domainId: rowId });
