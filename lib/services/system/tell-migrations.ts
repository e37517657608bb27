import { database } from "@/db/client";
import { countMigrations } from "@/db/queries/global/database-facts";
import { lockSettings, updateSettingsRow } from "@/db/queries/global/settings";
import { portalScope } from "@/db/scope";
import { notify } from "../notifications/notify";
import { appVersion } from "./app-version";

/**
 * Tells that a new version has brought the database up to date, with the number up to which that was told: a start
 * that is broken off after the migrations leaves it to the next one. Nothing is new on the first start.
 */
export async function tellMigrations({ isFirstStart }: { isFirstStart: boolean }): Promise<void> {
  const { version } = await appVersion();
  await database().transaction(async (tx) => {
    const { toldMigrationCount: told } = await lockSettings(tx);
    const done = await countMigrations(tx);
    if (told === done) return;
    await updateSettingsRow(tx, { toldMigrationCount: done });
    if (isFirstStart || (told !== null && done < told)) return;
    // The first version that tells cannot know how many steps there were before it.
    const params = { version, migrations: told === null ? 1 : done - told };
    await notify(tx, portalScope(), "system.updated", params, `migrations:${done}`);
  });
}
