import { createHash } from "node:crypto";
import { upsertErrors, type NewErrorRow } from "@/db/queries/global/error-log-write";
import { isLevelKept, type ErrorLevel } from "@/lib/domain/error-levels";
import { messageOf, stackOf, storableText } from "@/lib/error-text";
import { logger } from "@/lib/logger";
import { processState } from "@/lib/process-state";
import { readSettings } from "../settings/read-settings";

export interface ErrorReport {
  level: ErrorLevel;
  /** The part of the program that reports: "agent-api", "actions", "pages". */
  source: string;
  /** An Error with its stack, or a sentence. */
  error: unknown;
  requestId?: string | null;
  pathname?: string | null;
  userId?: number | null;
  companyId?: number | null;
  address?: string | null;
}

const FLUSH_MILLISECONDS = 1_000;
const RETRY_MILLISECONDS = 10_000;
/** New kinds of errors one process stores an hour; all further ones share a row. */
const KINDS_PER_HOUR = 300;

interface Gathered {
  rows: Map<string, NewErrorRow>;
  hour: number;
  kinds: Set<string>;
  timer: NodeJS.Timeout | undefined;
  /** The write under way, or the last one. */
  writing: Promise<void>;
}

function gathered(): Gathered {
  return processState("errors", () => ({
    rows: new Map(),
    hour: 0,
    kinds: new Set(),
    timer: undefined,
    writing: Promise.resolve(),
  }));
}

/**
 * Keeps an error in the stored log, a second later and never throwing.
 *
 * Errors alike but for numbers, ids and quoted text share one row an hour that counts them, and an hour has a
 * bounded number of rows: a flood of refused keys or faults raises a count.
 */
export function storeError(report: ErrorReport): void {
  const state = gathered();
  const now = new Date();
  const row = rowOf(report, now);
  const hour = Math.floor(now.getTime() / 3_600_000);
  if (hour !== state.hour) Object.assign(state, { hour, kinds: new Set() });
  const kept = state.kinds.has(row.fingerprint) || state.kinds.size < KINDS_PER_HOUR ? row : overflowRow(row);
  state.kinds.add(kept.fingerprint);
  const known = state.rows.get(kept.fingerprint);
  if (known) {
    known.count += 1;
    known.lastAt = now;
  } else state.rows.set(kept.fingerprint, kept);
  schedule();
}

function rowOf(report: ErrorReport, now: Date): NewErrorRow {
  const message = storableText(messageOf(report.error)).replace(/\p{Cc}+/gu, " ");
  return {
    level: report.level,
    loggerName: report.source.slice(0, 100),
    message,
    timestamp: now,
    lastAt: now,
    pathname: report.pathname ? pathOf(report.pathname) : null,
    requestId: report.requestId?.slice(0, 100) ?? null,
    userId: report.userId ?? null,
    companyId: report.companyId ?? null,
    remoteAddr: report.address?.slice(0, 50) ?? null,
    exception: report.error instanceof Error ? storableText(stackOf(report.error) ?? "") : null,
    fingerprint: fingerprintOf(report.level, report.source, message, now),
    count: 1,
  };
}

/** The path without its query, and without segments long enough to be a one-time token. */
function pathOf(pathname: string): string {
  const path = storableText(pathname).split("?")[0]!;
  return path.replace(/[^/]{32,}/g, "…").slice(0, 255);
}

/** Digest of level, source, message shape and hour. */
function fingerprintOf(level: string, source: string, message: string, now: Date): string {
  const shape = message
    .replace(/"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g, "…")
    .replace(/[0-9a-f-]*\d[0-9a-f-]*/gi, "0");
  const hour = now.toISOString().slice(0, 13);
  return createHash("sha256")
    .update(JSON.stringify([level, source, shape, hour]))
    .digest("base64url");
}

function overflowRow(row: NewErrorRow): NewErrorRow {
  const now = row.timestamp as Date;
  const message = "Too many different errors in one hour. Further ones are only counted here.";
  const fingerprint = fingerprintOf("ERROR", "error-log", message, now);
  return {
    level: "ERROR",
    loggerName: "error-log",
    message,
    timestamp: now,
    lastAt: now,
    fingerprint,
    count: 1,
  };
}

function schedule(milliseconds = FLUSH_MILLISECONDS): void {
  const state = gathered();
  state.timer ??= setTimeout(() => {
    state.timer = undefined;
    void flushStoredErrors();
  }, milliseconds).unref();
}

/**
 * Writes what was gathered, behind a write that is under way; also called when the server stops. In an outage it is kept
 * for the next try.
 */
export function flushStoredErrors(): Promise<void> {
  const state = gathered();
  state.writing = state.writing.then(() => writeGathered(state));
  return state.writing;
}

async function writeGathered(state: Gathered): Promise<void> {
  if (state.rows.size === 0) return;
  const rows = state.rows;
  state.rows = new Map();
  try {
    const { logLevel } = await readSettings();
    const kept = [...rows.values()].filter((row) => isLevelKept(row.level as ErrorLevel, logLevel));
    if (kept.length > 0) await upsertErrors(kept);
  } catch (error) {
    logger.warn({ err: error }, "Can't write the stored error log; keeping its entries for the next attempt");
    for (const [fingerprint, row] of rows) {
      const newer = state.rows.get(fingerprint);
      if (newer) {
        row.count += newer.count;
        row.lastAt = newer.lastAt;
      }
      state.rows.set(fingerprint, row);
    }
    schedule(RETRY_MILLISECONDS);
  }
}
