import { z } from "zod";
import { isActiveLocale } from "./locales";
import { LARGEST_ID, ROW_ID_SHAPE } from "./row-id";
import { issue } from "./text";
import { isIanaZone } from "./zones";

const WELL_FORMED = /^[^\p{Cc}\p{Cs}]*$/u;

/** One line of text: trimmed, no control characters or lone surrogates, 1 to `max` characters. */
export function lineText(max: number, missing = issue("errors.fieldMissing")) {
  return z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(max, issue("errors.tooLong", { max }))
    .regex(WELL_FORMED, issue("errors.controlCharacters"));
}

/** As lineText, but empty or absent is null. */
export function optionalLine(max: number) {
  return z
    .string()
    .trim()
    .max(max, issue("errors.tooLong", { max }))
    .regex(WELL_FORMED, issue("errors.controlCharacters"))
    .optional()
    .transform((text) => text || null);
}

/** Several lines of text, trimmed, with tabs as log lines have them; may be empty. Line ends become \n. */
export function paragraphs(max: number) {
  return z
    .string()
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .refine((text) => text.length <= max, issue("errors.tooLong", { max }))
    .refine((text) => WELL_FORMED.test(text.replaceAll(/[\n\t]/g, "")), issue("errors.controlCharacters"));
}

/** As paragraphs, but empty or absent is null. */
export function optionalParagraphs(max: number) {
  return paragraphs(max)
    .optional()
    .transform((text) => text || null);
}

/** A whole number as typed. */
export function wholeNumber(min: number, max: number) {
  const message = issue("forms.wholeNumber", { min, max });
  return z
    .string(message)
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((count) => count >= min && count <= max, message);
}

/** As wholeNumber, but empty or absent is null. */
export function optionalWholeNumber(min: number, max: number) {
  const number = wholeNumber(min, max);
  return z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined || text.trim() === "") return null;
      const parsed = number.safeParse(text);
      if (parsed.success) return parsed.data;
      // A union of the two would say only "Invalid input".
      context.addIssue({ code: "custom", message: parsed.error.issues[0]!.message });
      return z.NEVER;
    });
}

/** The id of a row, as a form or an address carries it. */
export const rowId = z
  .string()
  .regex(ROW_ID_SHAPE, { error: issue("forms.idWrong"), abort: true })
  .refine((text) => Number(text) <= LARGEST_ID, issue("forms.idWrong"))
  .transform(Number);

/** A checkbox or switch: sent when on, absent when off. */
export const checkbox = z
  .string()
  .optional()
  .transform((sent) => sent === "on" || sent === "true");

/** An IANA zone; empty or absent is null. */
export const optionalZone = z
  .string()
  .trim()
  .refine((name) => name === "" || isIanaZone(name), issue("errors.zoneUnknown"))
  .optional()
  .transform((name) => name || null);

/** A language of the catalog; empty or absent is null. */
export const optionalLanguage = z
  .string()
  .trim()
  .refine((name) => name === "" || isActiveLocale(name), issue("errors.languageUnknown"))
  .optional()
  .transform((name) => name || null);

/** A form's list: absent, one or several values of one name. */
export function listOf<Item extends z.ZodType>(item: Item, max = 500) {
  return z.preprocess(
    (sent) => (sent === undefined ? [] : Array.isArray(sent) ? sent : [sent]),
    z.array(item).max(max, issue("errors.chooseFewer", { max })),
  );
}
