/** The levels of the stored error log, least severe first, spelled as the original stored them. */
export const ERROR_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;
export type ErrorLevel = (typeof ERROR_LEVELS)[number];

/** Whether a level is kept when the settings ask for `least`; an unknown setting keeps warnings and worse. */
export function isLevelKept(level: ErrorLevel, least: string): boolean {
  const wanted = ERROR_LEVELS.indexOf(least.toUpperCase() as ErrorLevel);
  return ERROR_LEVELS.indexOf(level) >= (wanted < 0 ? ERROR_LEVELS.indexOf("WARNING") : wanted);
}
