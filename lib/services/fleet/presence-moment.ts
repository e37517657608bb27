import type { PresenceMoment } from "@/db/queries/fleet/present";
import { readSettings } from "../settings/read-settings";

/** The moment (epoch milliseconds) of which presence is asked, under the longest session of the settings. */
export async function presenceMoment(now: number): Promise<PresenceMoment> {
  const { longestSessionHours } = await readSettings();
  return { now, longestSessionHours };
}
