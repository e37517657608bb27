import pino, { type LoggerOptions } from "pino";
import { processState } from "@/lib/process-state";
import { messageOf, stackOf } from "./error-text";
import { LOG_LEVELS, logLevelName, type LogLevel } from "./log-level";
import { currentRequestId } from "./request-context";

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

const state = processState("log-output", () => ({ isStandardError: false }));

const output = {
  write: (line: string) => (state.isStandardError ? process.stderr : process.stdout).write(line),
};

/** For command-line tools, whose standard output belongs to their answer. */
export function logToStandardError(): void {
  state.isStandardError = true;
}

/** Of the environment as it is now. One that doesn't exist is for lib/env.ts to refuse, in words. */
function levelNow(): LogLevel {
  const asked = logLevelName(process.env.LOG_LEVEL ?? "");
  return LOG_LEVELS.find((level) => level === asked) ?? "info";
}

/** Asks the environment again for the level: the log is there before the file .env is read. */
export function refreshLogLevel(): void {
  logger.level = levelNow();
}

function createLogger() {
  const options: LoggerOptions = {
    level: levelNow(),
    base: undefined,
    mixin: () => {
      const requestId = currentRequestId();
      return requestId === undefined ? {} : { requestId };
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: "[hidden]" },
    serializers: {
      err: (error: unknown) => ({
        type: error instanceof Error ? error.name : typeof error,
        message: messageOf(error),
        stack: stackOf(error),
        ...(error instanceof Error && "code" in error && { code: error.code }),
      }),
    },
  };
  return pino(options, output);
}

/** The process's structured log: one JSON object a line on standard output, secrets hidden by field name. */
export const logger = processState("logger", createLogger);
