import pino from "pino";

const SECRET_PATHS = [
  "password",
  "*.password",
  "key",
  "*.key",
  "apiKey",
  "*.apiKey",
  "token",
  "*.token",
  "secret",
  "*.secret",
  'headers["x-api-key"]',
  "headers.cookie",
  "headers.authorization",
];

function createLogger() {
  return pino({
    level: (process.env.LOG_LEVEL || "info")
      .toLowerCase()
      .replace("warning", "warn")
      .replace("critical", "fatal"),
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: "[hidden]" },
  });
}

const shared = globalThis as { winauthmonLogger?: ReturnType<typeof createLogger> };

/** The process's structured log: one JSON object a line on standard output, secrets hidden by field name. */
export const logger = (shared.winauthmonLogger ??= createLogger());
