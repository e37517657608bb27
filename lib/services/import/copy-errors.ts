import { createHash } from "node:crypto";
import { database, type Transaction } from "@/db/client";
import { insertImportedErrors, type ImportedError } from "@/db/queries/global/import-people";
import { rehearse } from "@/db/rehearse";
import type { TableTally } from "@/lib/domain/import/import-report";
import { integerOf, textOf, tidyLine, type SourceRow } from "@/lib/domain/import/stored-value";
import { storableText } from "@/lib/error-text";
import { assertGoingOn, isAhead, type ImportRun } from "./import-run";
import { TimeReader } from "./read-times";
import { OLDER_THAN_RETENTION, type RetentionLimits } from "./retention-limits";
import { MINIMUM_ID } from "./sources/original-schema";

const ROWS_AT_ONCE = 1_000;

/**
 * Copies the stored errors. One is the same as one here when everything in it, its old id included, is: errors that
 * differ in nothing else are as many as they were. What the next retention would delete is left out.
 */
export async function copyErrors(
  run: ImportRun,
  users: ReadonlyMap<number, number>,
  { errorsBefore }: RetentionLimits,
  tally: TableTally,
): Promise<void> {
  if (!run.database.has("error_log")) return;
  const total = await run.database.count("error_log");
  const bar = run.progress.begin("Stored errors", total * 2);
  const times = new TimeReader(run.zone);
  await eachPage(run, ["id", "timestamp"], async (page) => {
    for (const row of page) times.lookAt(row);
    bar.advance(page.length);
  });
  times.settle();
  await eachPage(run, undefined, async (page) => {
    tally.read += page.length;
    const rows = page.flatMap((row) => {
      const at = instantOf(run, row, { times, before: errorsBefore }, tally);
      return at === null ? [] : errorOf(row, at, users);
    });
    const written = await write(run, rows);
    tally.written += written;
    tally.present += rows.length - written;
    bar.advance(page.length);
  });
  bar.finish(`${tally.written.toLocaleString("en")} new, ${tally.present.toLocaleString("en")} already here`);
}

async function eachPage(
  run: ImportRun,
  columns: readonly string[] | undefined,
  visit: (page: SourceRow[]) => Promise<void>,
): Promise<void> {
  for (let afterId = MINIMUM_ID; ;) {
    assertGoingOn(run.signal);
    const page = await run.database.page("error_log", afterId, ROWS_AT_ONCE, columns);
    await visit(page);
    if (page.length < ROWS_AT_ONCE) return;
    afterId = integerOf(page.at(-1)!.id)!;
  }
}

/** When it happened, epoch milliseconds; null for one that is skipped. */
function instantOf(
  { now }: ImportRun,
  row: SourceRow,
  { times, before }: { times: TimeReader; before: number | null },
  tally: TableTally,
): number | null {
  const at = times.instantOf(row, tally);
  const why =
    at === null
      ? "its time can't be read"
      : isAhead(at, now)
        ? "its time is more than a day in the future"
        : before !== null && at < before
          ? OLDER_THAN_RETENTION
          : null;
  if (why === null) return at;
  tally.skip(why, `id ${String(row.id)}`);
  return null;
}

function errorOf(row: SourceRow, at: number, users: ReadonlyMap<number, number>): ImportedError {
  const line = (column: string, limit: number) => tidyLine(textOf(row[column]) ?? "", limit) || null;
  const lineno = integerOf(row.lineno);
  const exception = textOf(row.exception);
  return {
    level: (line("level", 20) ?? "ERROR").toUpperCase(),
    loggerName: line("logger_name", 100),
    message: storableText(textOf(row.message) ?? ""),
    timestamp: new Date(at),
    lastAt: new Date(at),
    pathname: line("pathname", 255),
    lineno: lineno !== null && Math.abs(lineno) < 2 ** 31 ? lineno : null,
    requestId: line("request_id", 100),
    userId: users.get(integerOf(row.user_id) ?? 0) ?? null,
    remoteAddr: line("remote_addr", 50),
    exception: exception === null ? null : storableText(exception),
    fingerprint: fingerprintOf(row),
  };
}

const IDENTITY = [
  "id",
  "timestamp",
  "level",
  "logger_name",
  "message",
  "pathname",
  "request_id",
  "exception",
];

function fingerprintOf(row: SourceRow): string {
  const parts = IDENTITY.map((column) => textOf(row[column]));
  return `import:${createHash("sha256").update(JSON.stringify(parts)).digest("base64url")}`;
}

async function write(run: ImportRun, rows: readonly ImportedError[]): Promise<number> {
  const work = (tx: Transaction) => insertImportedErrors(tx, rows);
  return run.isDryRun ? rehearse(work) : database().transaction(work);
}
