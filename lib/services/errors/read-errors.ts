import { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  countErrors,
  deleteErrorsBefore,
  listErrors,
  type ErrorFilter,
  type ErrorListRow,
} from "@/db/queries/global/error-log";
import { wholeNumber } from "@/lib/domain/form-input";
import type { Text } from "@/lib/domain/text";
import { assertCan } from "../access/denied";
import type { ServiceContext } from "../context";

export type { ErrorFilter };

export interface StoredError {
  id: number;
  level: string;
  source: string | null;
  message: string;
  /** Epoch milliseconds: the first of them and the last. */
  firstAt: number;
  lastAt: number;
  count: number;
  pathname: string | null;
  requestId: string | null;
  /** The name, or a text for a user who is deleted. */
  userName: string | Text | null;
  companyName: string | null;
  address: string | null;
  exception: string | null;
}

export interface ErrorPage {
  errors: StoredError[];
  count: { total: number; isCapped: boolean };
  nextBefore: { at: number; id: number } | null;
}

const PAGE_ROWS = 50;
const COUNT_CAP = 10_000;
const DAY_MILLISECONDS = 86_400_000;

/** A page of the stored error log, newest first. @throws AccessDenied `forbidden`. */
export async function readErrors(
  { actor }: ServiceContext,
  filter: ErrorFilter,
  before: { at: number; id: number } | null,
): Promise<ErrorPage> {
  assertCan(actor, "error-log:read");
  const [rows, total] = await Promise.all([
    listErrors(filter, { before, limit: PAGE_ROWS + 1 }),
    countErrors(filter, COUNT_CAP + 1),
  ]);
  const errors = rows.slice(0, PAGE_ROWS).map(errorOf);
  const last = errors.at(-1);
  return {
    errors,
    count: { total: Math.min(total, COUNT_CAP), isCapped: total > COUNT_CAP },
    nextBefore: rows.length > PAGE_ROWS && last ? { at: last.firstAt, id: last.id } : null,
  };
}

function errorOf(row: ErrorListRow): StoredError {
  const line = row.lineno === null ? "" : `:${row.lineno}`;
  return {
    id: row.id,
    level: row.level.toUpperCase(),
    source: row.logger_name,
    message: row.message,
    firstAt: Number(row.first_ms),
    lastAt: Number(row.last_ms),
    count: row.count,
    pathname: row.pathname === null ? null : `${row.pathname}${line}`,
    requestId: row.request_id,
    userName:
      row.username ??
      (row.user_id === null ? null : { key: "errorLog.deletedUser", values: { id: String(row.user_id) } }),
    companyName: row.company_name,
    address: row.remote_addr,
    exception: row.exception,
  };
}

export const errorClearingInput = z.object({ olderThanDays: wholeNumber(0, 3_650) });

/** Deletes stored errors last seen more than the given days ago; 0 clears the log. */
export async function clearErrors(
  { audit }: ServiceContext,
  { olderThanDays }: z.output<typeof errorClearingInput>,
): Promise<{ deleted: number }> {
  const before = new Date(Date.now() - olderThanDays * DAY_MILLISECONDS);
  return database().transaction(async (tx) => {
    const deleted = await deleteErrorsBefore(tx, before);
    await insertAuditRow(tx, {
      ...audit,
      companyId: null,
      action: "error-log.clear",
      after: { olderThanDays, deleted },
    });
    return { deleted };
  });
}
