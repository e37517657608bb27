import { readSettings } from "../settings/read-settings";

const HOUR_MILLISECONDS = 3_600_000;

/** Whoever began or paused a session before this has outlived the longest session and is not held to be present at `now`. */
export async function presentSince(now: number): Promise<Date> {
  const { longestSessionHours } = await readSettings();
  return new Date(now - longestSessionHours * HOUR_MILLISECONDS);
}
