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

const siteName = lineText(100, "Give the site a name.");
const scopes = listOf(z.enum(API_SCOPES, "Choose from ingest, read and manage.")).refine(
  (chosen) => chosen.length > 0,
  "Choose at least one.",
);
/** The longest a replaced key may go on working beside its successor: 90 days. */
const MAX_OVERLAP_HOURS = 24 * 90;

export const newSiteInput = z.object({ name: siteName });
export const siteRenameInput = editOf({ siteId: rowId }, { name: siteName });
export const siteDeletionInput = z.object({ siteId: rowId, confirmedName: z.string().trim() });
export const newKeyInput = z.object({
  siteId: rowId,
  description: optionalLine(100),
  scopes,
  expiresInDays: optionalWholeNumber(1, 3_650),
});
export const keyRefInput = z.object({ keyId: rowId });
export const keySearchInput = z.object({
  key: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?:[0-9a-f]{64}|…?[0-9a-f]{4})$/, "Paste the 64 characters of a key, or its last four."),
});
export const keyRotationInput = z.object({ keyId: rowId, overlapHours: wholeNumber(0, MAX_OVERLAP_HOURS) });
export const keyChangeInput = editOf(
  { keyId: rowId },
  {
    description: optionalLine(100),
    scopes,
    /** Empty keeps the expiry, 0 lifts it, else it ends so many days from now. */
    expiresInDays: optionalWholeNumber(0, 3_650),
  },
);
