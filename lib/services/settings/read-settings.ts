import { findSettings, type SettingsRow } from "@/db/queries/global/settings";
import { env } from "@/lib/env";

export type Settings = Omit<SettingsRow, "timeZone"> & { timeZone: string };

/** As stored: without a time zone where none is chosen. */
export type EditableSettings = SettingsRow;

const FRESH_MILLISECONDS = 2_000;
/** `readAt` on the clock of performance.now(), which never goes back. */
let cached: { value: Promise<Settings>; readAt: number } | undefined;

/** Portal-wide settings, at most two seconds old; the time zone falls back to TIMEZONE. */
export function readSettings(): Promise<Settings> {
  if (!cached || performance.now() - cached.readAt > FRESH_MILLISECONDS) {
    const value = findSettings().then((row) => ({ ...row, timeZone: row.timeZone ?? env().TIMEZONE }));
    cached = { value, readAt: performance.now() };
    value.catch(() => {
      cached = undefined;
    });
  }
  return cached.value;
}

/** Makes the next read ask the database, after a change in this process. */
export function forgetSettings(): void {
  cached = undefined;
}

/** The settings as stored now, for the form that changes them, and the zone that holds while none is chosen. */
export async function readSettingsToEdit(): Promise<{ settings: EditableSettings; fallbackZone: string }> {
  return { settings: await findSettings(), fallbackZone: env().TIMEZONE };
}
