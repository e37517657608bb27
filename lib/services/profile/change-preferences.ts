import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompanyLanguage, storePreferences } from "@/db/queries/users/preferences";
import { editOf } from "@/lib/domain/edit-input";
import { optionalLanguage, optionalZone } from "@/lib/domain/form-input";
import { issue } from "@/lib/domain/text";
import { THEMES, type Theme } from "@/lib/domain/themes";
import type { AuditActor } from "../audit/actor";
import type { LiveSession } from "../auth/sessions";

function isTheme(text: unknown): text is Theme {
  return THEMES.includes(text as Theme);
}

export const preferencesInput = editOf(
  {},
  {
    timeZone: optionalZone,
    theme: z
      .string()
      .refine((name) => name === "" || isTheme(name), issue("errors.themeUnknown"))
      .transform((name) => name || null),
    language: optionalLanguage,
  },
);

/** Stores one's own time zone, theme and language, each null for none. */
export async function changePreferences(
  actor: AuditActor,
  { userId, username, ...before }: LiveSession,
  input: z.output<typeof preferencesInput>,
): Promise<void> {
  const stored = { timeZone: before.timeZone, theme: before.theme, language: before.language };
  const wanted = { ...stored, ...input };
  if (isDeepStrictEqual(wanted, stored)) return;
  await database().transaction(async (tx) => {
    await storePreferences(tx, userId, input);
    await insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "user.change-preferences",
      targetType: "user",
      targetId: userId,
      targetName: username,
      before: stored,
      after: wanted,
    });
  });
}

/** The language of the first of a user's companies that has one; null without one. */
export function readCompanyLanguage(userId: number): Promise<string | null> {
  return findCompanyLanguage(userId);
}
