import { randomUUID } from "node:crypto";
import { isAbort, isDatabaseOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { currentRequestId } from "@/lib/request-context";
import { storeError, type ErrorReport } from "@/lib/services/errors/store-error";

/**
 * Logs an error of ours and keeps it in the stored error log, under one id that the person is shown.
 *
 * @returns the request id, that of the request, or made when there is none.
 */
export function reportError(report: Omit<ErrorReport, "level">): string {
  const requestId = report.requestId ?? currentRequestId() ?? randomUUID();
  const { error, source, pathname, userId, companyId, address } = report;
  // The client has left, which isn't an error.
  if (isAbort(error)) return requestId;
  logger.error({ err: error, requestId, source, pathname, userId, companyId, address }, "Request failed");
  // The stored log cannot be reached just then, and an outage is told by the health check.
  if (!isDatabaseOutage(error)) storeError({ ...report, level: "ERROR", requestId });
  return requestId;
}
