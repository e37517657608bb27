import { AppError } from "@/lib/errors";

/** For what needs the database for itself. @throws AppError `conflict` when other programs of ours are connected. */
export function assertNoOthers(others: readonly string[]): void {
  if (others.length === 0) return;
  throw new AppError(
    "conflict",
    `The database is in use (${others.join(", ")}). Stop every WinAuthMon server and tool first.`,
  );
}

/** What to throw where the set-up lock is another program's. */
export function notAlone(): AppError {
  return new AppError(
    "conflict",
    "Another WinAuthMon program is starting on this database, or restores it. Stop every WinAuthMon server and tool first.",
  );
}
