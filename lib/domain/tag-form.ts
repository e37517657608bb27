import { z } from "zod";
import { editOf } from "./edit-input";
import { nameKey } from "./events/wire";
import { lineText, rowId } from "./form-input";
import { TAGS, type AccountTag, type ComputerTag } from "./tags";
import { issue } from "./text";

const tag = z.enum(TAGS, issue("alertErrors.tagMissing"));

export const patternForm = z.object({
  tag,
  pattern: lineText(255, issue("alertErrors.patternMissing"))
    .refine((text) => /[^*?\s]/.test(text), issue("alertErrors.patternBlank"))
    .transform((pattern) => ({ pattern, patternKey: nameKey(pattern) })),
});

export const patternRef = z.object({ patternId: rowId });

/** By pattern, or by hand whatever the patterns say. */
export const TAG_CHOICES = ["pattern", "yes", "no"] as const;
const choice = z.enum(TAG_CHOICES, issue("alertErrors.tagChoiceWrong"));

export const accountTagsForm = editOf({ accountId: rowId }, {
  "service-account": choice,
  administrator: choice,
} satisfies Record<AccountTag, typeof choice>);

export const computerTagsForm = editOf({ computerId: rowId }, {
  "administrators-computer": choice,
} satisfies Record<ComputerTag, typeof choice>);
