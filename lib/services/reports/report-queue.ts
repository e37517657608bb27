import { laggingScope, reportScope, type CompanyScope } from "@/db/scope";
import type { TextKey } from "@/lib/domain/text";
import { env } from "@/lib/env";
import { AppError, isStatementTimeout } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import { FairQueue, isQueueFull, type Place, type QueueRefusal } from "./fair-queue";

const AT_ONCE_PER_USER = 2;
const AT_ONCE_PER_COMPANY = 3;
const SLOW_PER_USER = 4;
/** Waiting ones of one user or key, and downloads that are read slowly; a further one is refused. */
const OPEN_PER_USER = 8;
const WAITING = 200;
/** Of one company, so that however many readers it has, those of others find room. */
const WAITING_PER_COMPANY = WAITING / 4;
const RETRY_SECONDS = 10;

export { laggingScope, reportScope };

/** Whose report it is, and over which companies. */
export interface ReportAsker {
  /** `user 5` or `key 7`. */
  reader: string;
  /** null for the portal's own trail, which is of no company. */
  scope: CompanyScope | null;
  /** Raised when the reader leaves: the report leaves the queue then. */
  signal?: AbortSignal | undefined;
  /** Under which the reader asks `placeInReportQueue`. */
  ticket?: string | undefined;
}

function queue(): FairQueue {
  return processState("report-queue", () => {
    const { REPORTS_AT_ONCE, REPORT_WAIT_SECONDS } = env();
    return new FairQueue({
      atOnce: REPORTS_AT_ONCE,
      atOncePerReader: AT_ONCE_PER_USER,
      // One company never has every place.
      atOncePerLane: Math.min(AT_ONCE_PER_COMPANY, REPORTS_AT_ONCE - 1),
      slowPerReader: SLOW_PER_USER,
      openPerReader: OPEN_PER_USER,
      waiting: WAITING,
      waitingPerLane: WAITING_PER_COMPANY,
      waitMilliseconds: REPORT_WAIT_SECONDS * 1_000,
    });
  });
}

/**
 * Whose share what is read of the scope takes: a company's, or the portal's for null. Several companies read at once count
 * as a company of their own, so that they take no company's share.
 */
export function laneOf(scope: CompanyScope | null): string {
  return scope === null ? "portal" : scope.companyIds.toSorted((a, b) => a - b).join(",");
}

/**
 * Waits for a place among the reports and exports that run on this server, which companies share.
 *
 * @throws AppError `limited`; the signal's reason.
 */
export async function enterReportQueue({ reader, scope, signal, ticket }: ReportAsker): Promise<Place> {
  try {
    return await queue().enter({ reader, lane: laneOf(scope), ticket }, signal);
  } catch (error) {
    if (!isQueueFull(error)) throw error;
    throw new AppError("limited", { key: REFUSAL[error.reason] }, [], RETRY_SECONDS);
  }
}

const REFUSAL: Record<QueueRefusal, TextKey> = {
  reader: "reports.tooManyOpen",
  queue: "reports.tooManyWaiting",
  wait: "reports.waitedTooLong",
};

/**
 * Runs a report when its turn comes, with a scope whose reading takes the connections of reports. A scope that has
 * those already is part of a report that has its place. @throws as enterReportQueue and reportFailure.
 */
export async function runReport<T>(
  asker: ReportAsker & { scope: CompanyScope },
  work: (scope: CompanyScope) => Promise<T>,
): Promise<T> {
  if (asker.scope.isForReport) return work(asker.scope);
  const place = await enterReportQueue(asker);
  try {
    return await work(reportScope(asker.scope));
  } catch (error) {
    throw reportFailure(error, asker.signal);
  } finally {
    place.leave();
  }
}

/** A report that PostgreSQL stopped for its time limit in words, and for a raised signal its reason; else the error. */
export function reportFailure(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (!isStatementTimeout(error)) return error;
  const seconds = env().REPORT_STATEMENT_SECONDS;
  return new AppError("unavailable", { key: "reports.tookTooLong", values: { seconds } }, [], RETRY_SECONDS);
}

/** How many go before the reader's report, 0 for one that runs; null when there is none under the ticket here. */
export function placeInReportQueue(reader: string, ticket: string): number | null {
  return queue().placeOf(reader, ticket);
}
