import type { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockSettings, updateSettingsRow } from "@/db/queries/global/settings";
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
    const changes = changedFields(await lockSettings(tx), change);
    if (!changes) return 0;
    await updateSettingsRow(tx, changes.after);
    await insertAuditRow(tx, {
      ...audit,
      companyId: null,
      action: "settings.update",
      outcome: "success",
      targetType: "settings",
      ...changes,
    });
    return Object.keys(changes.after).length;
  });
  forgetSettings();
  return { changed };
}
