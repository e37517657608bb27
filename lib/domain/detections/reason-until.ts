import { z } from "zod";
import { lineText } from "../form-input";
import { issue } from "../text";
import { isLocalDate } from "../zones";

/** The fields of whatever a rule leaves out for a reason and, perhaps, until a day. */
export const reasonUntil = {
  reason: lineText(200, issue("alertErrors.reasonMissing")),
  /** The last day, in the company's time zone; empty for no end. */
  until: z
    .string()
    .trim()
    .default("")
    .refine((text) => text === "" || isLocalDate(text), issue("alertErrors.dayOrBlank")),
};
