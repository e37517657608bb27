import { z } from "zod";
import { API_SCOPES } from "@/lib/domain/api-scopes";
import { editOf } from "@/lib/domain/edit-input";
import {
  lineText,
  listOf,
  optionalLine,
  optionalWholeNumber,
  rowId,
  wholeNumber,
} from "@/lib/domain/form-input";
import { issue } from "@/lib/domain/text";

const siteName = lineText(100, issue("errors.siteNameMissing"));
const scopes = listOf(z.enum(API_SCOPES, issue("errors.scopesWrong"))).refine(
  (chosen) => chosen.length > 0,
  issue("errors.scopesMissing"),
);
/** The longest a replaced key may go on working beside its successor: 90 days. */
const MAX_OVERLAP_HOURS = 24 * 90;
/** The longest a key may be valid before it expires, unless it never does. */
export const MAX_KEY_DAYS = 3_650;

export const newSiteInput = z.object({ name: siteName });
export const siteRenameInput = editOf({ siteId: rowId }, { name: siteName });
export const siteDeletionInput = z.object({ siteId: rowId, confirmedName: z.string().trim() });
export const newKeyInput = z.object({
  siteId: rowId,
  description: optionalLine(100),
  scopes,
  /** Counts from now; null for a key that never expires. */
  expiresInDays: optionalWholeNumber(1, MAX_KEY_DAYS),
});
export const keyRefInput = z.object({ keyId: rowId });
export const keySearchInput = z.object({
  key: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?:[0-9a-f]{64}|…?[0-9a-f]{4})$/, issue("errors.keySearchWrong")),
});
export const keyRotationInput = z.object({
  keyId: rowId,
  overlapHours: wholeNumber(0, MAX_OVERLAP_HOURS),
  /** Of the new key, counted from now; null for one that never expires. */
  expiresInDays: optionalWholeNumber(1, MAX_KEY_DAYS),
});
export const keyChangeInput = editOf(
  { keyId: rowId },
  {
    description: optionalLine(100),
    scopes,
    /** Blank keeps the expiry, 0 removes it, and any other number counts days from now. */
    expiresInDays: optionalWholeNumber(0, MAX_KEY_DAYS),
  },
);

/** Whether a change concerns what the key may do or until when it works: as a form tells it, in either direction. */
export function changesReach({ scopes: chosen, expiresInDays }: z.output<typeof keyChangeInput>): boolean {
  return chosen !== undefined || (expiresInDays ?? null) !== null;
}
