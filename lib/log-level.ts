export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** As the log names it, in lower case: the original's WARNING and CRITICAL are its warn and fatal. */
export function logLevelName(text: string): string {
  return text.toLowerCase().replace("warning", "warn").replace("critical", "fatal");
}
