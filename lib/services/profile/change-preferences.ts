import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { storePreferences } from "@/db/queries/users/preferences";
import { isTheme } from "@/lib/domain/theme";
import { isIanaZone } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import type { AuditActor } from "../audit/actor";
import type { LiveSession } from "../auth/sessions";

/** Stores one's own time zone and theme, each empty for none. @throws AppError `invalid` naming the field. */
export async function changePreferences(
  actor: AuditActor,
  { userId, username, ...before }: LiveSession,
  input: { timeZone: string; theme: string },
): Promise<void> {
  const timeZone = input.timeZone.trim() || null;
  const theme = input.theme || null;
  if (timeZone !== null && !isIanaZone(timeZone)) {
    const message = "Choose a time zone from the list, such as Europe/London.";
    throw new AppError("invalid", "The time zone is not known.", [{ field: "timeZone", message }]);
  }
  if (theme !== null && !isTheme(theme)) {
    throw new AppError("invalid", "The theme is not known.", [
      { field: "theme", message: "Choose a theme." },
    ]);
  }
  if (timeZone === before.timeZone && theme === before.theme) return;
  await database().transaction(async (tx) => {
    await storePreferences(tx, userId, { timeZone, theme });
    await insertAuditRow(tx, {
      ...actor,
      companyId: null,
      action: "user.change-preferences",
      outcome: "success",
      targetType: "user",
      targetId: userId,
      targetName: username,
      before: { timeZone: before.timeZone, theme: before.theme },
      after: { timeZone, theme },
    });
  });
}
