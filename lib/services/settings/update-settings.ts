import type { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockSettings, updateSettingsRow } from "@/db/queries/global/settings";
import { AppError } from "@/lib/errors";
import { changedFields } from "../audit/diff";
import type { ServiceContext } from "../context";
import { forgetSettings } from "./read-settings";
import type { settingsInput } from "./settings-input";

/** Changes the portal's settings. Other servers follow within two seconds, sessions at their next request. */
export async function updateSettings(
  { audit }: ServiceContext,
  change: z.output<typeof settingsInput>,
): Promise<{ changed: number }> {
  const changed = await database().transaction(async (tx) => {
    const stored = await lockSettings(tx);
    const changes = changedFields(stored, change);
    if (!changes) return 0;
    assertFitTogether({ ...stored, ...changes.after });
    await updateSettingsRow(tx, changes.after);
    await insertAuditRow(tx, {
      ...audit,
      companyId: null,
      action: "settings.update",
      targetType: "settings",
      ...changes,
    });
    return Object.keys(changes.after).length;
  });
  forgetSettings();
  return { changed };
}

/** Checks the result and not the input: two people may each have changed half of it. */
function assertFitTogether(settings: {
  passwordRequireSpecialChars: boolean;
  passwordSafeSpecialChars: string;
}): void {
  if (!settings.passwordRequireSpecialChars || settings.passwordSafeSpecialChars.length > 0) return;
  throw new AppError("invalid", { key: "errors.checkFields" }, [
    {
      field: "passwordSafeSpecialChars",
      message: { key: "errors.specialCharactersMissing" },
    },
  ]);
}
