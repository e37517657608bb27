import { NO_CONNECTION_CODES, TIMEOUT_CODES, UNKNOWN_HOST_CODES } from "./connection-codes";
import type { Wording } from "./domain/text";
import { inEnglish } from "./english";

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;
export interface FieldError {
  field: string;
  message: string;
}
/** A field error as it is thrown. */
export interface FieldProblem {
  field: string;
  message: Wording;
}

/**
 * An error that may be shown to a person. Everything else is shown as a generic text with a request id.
 *
 * `message` and `fields` are in English, for logs and the API; screens word it in the reader's language (`wordError`).
 */
export class AppError extends Error {
  readonly isAppError = true;
  readonly fields: readonly FieldError[];
  declare readonly wording: { message: Wording; fields: readonly FieldProblem[] };

  constructor(
    readonly code: ErrorCode,
    message: Wording,
    fields: readonly FieldProblem[] = [],
    /** For `limited` and `unavailable`: whole seconds after which a retry makes sense. */
    readonly retryAfterSeconds?: number,
  ) {
    super(inEnglish(message));
    this.name = "AppError";
    this.fields = fields.map((problem) => ({ field: problem.field, message: inEnglish(problem.message) }));
    // Logs list what can be enumerated, and have the English.
    Object.defineProperty(this, "wording", { value: { message, fields } });
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** Recognises an AppError also across the two bundles (server.ts and Next), which each hold their own class. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && "isAppError" in error && error.isAppError === true;
}

const OUTAGE_CODES: ReadonlySet<string> = new Set([
  ...UNKNOWN_HOST_CODES,
  ...TIMEOUT_CODES,
  ...NO_CONNECTION_CODES,
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
  "25006",
]);

/** Tells whether an error means that the database cannot be reached at present, rather than a fault of the query. */
export function isDatabaseOutage(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && OUTAGE_CODES.has(String(cause.code))) return true;
  }
  return isNodeOutage(error);
}

/**
 * Tells whether the database answers that it does not reach a part of itself: a Citus coordinator one of its nodes. What
 * is elsewhere can still be read and written. A connection that breaks within a statement has no code of its own there.
 */
export function isNodeOutage(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name !== "PostgresError" || !("code" in cause)) continue;
    if (NODE_OUTAGE_CODES.has(String(cause.code))) return true;
    if (cause.code === "XX000" && LOST_CONNECTION.test(cause.message)) return true;
  }
  return false;
}

/**
 * Tells whether the database answers that it can't do this at present: no room on its disk or in memory, a disk that fails,
 * or a statement that load or another's lock holds up beyond its limit. What was to be stored can be stored later.
 */
export function isDatabaseHeldUp(error: unknown): boolean {
  return HELD_UP_CODES.some((code) => hasCode(error, code));
}

const HELD_UP_CODES = ["53000", "53100", "53200", "53400", "55P03", "57014", "58030"];

/** Without 08P01, a protocol violation: that is a fault of the program. */
const NODE_OUTAGE_CODES = new Set(["08000", "08001", "08003", "08004", "08006", "08007"]);
const LOST_CONNECTION =
  /server closed the connection|connection not open|connection to the remote node|no connection to the server/;

/** Tells whether a write failed on a unique constraint, or on the named one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "23505") {
      return constraint === undefined || constraintName(cause) === constraint;
    }
  }
  return false;
}

/** Tells whether a write failed on a foreign key, or on one of the named ones. */
export function isForeignKeyViolation(error: unknown, constraints?: readonly string[]): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "23503") {
      const name = constraintName(cause);
      return !constraints || (name !== undefined && constraints.includes(name));
    }
  }
  return false;
}

/**
 * The constraint that refused a write. A node of a Citus cluster names its shard's, which has the shard's number behind it,
 * and the coordinator passes on no more of it than the message.
 */
export function constraintName(error: Error): string | undefined {
  const name =
    "constraint_name" in error
      ? String(error.constraint_name)
      : / constraint "(\w+)"/.exec(error.message)?.[1];
  return name?.replace(/_\d{6,}$/, "");
}

/** Tells whether work was aborted, as when its client leaves. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Tells whether a statement was stopped because it took longer than its limit. */
export function isStatementTimeout(error: unknown): boolean {
  return hasCode(error, "57014");
}

/** Tells whether a replica stopped a reading because the primary deleted what was read. */
export function isRecoveryConflict(error: unknown): boolean {
  return hasCode(error, "40001");
}

function hasCode(error: unknown, code: string): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === code) return true;
  }
  return false;
}
