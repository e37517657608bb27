import type { RawSql } from "@/db/client";
import { isDistributed } from "@/db/distribute";
import { AppError } from "@/lib/errors";

/** A copy of all tables as of one moment is of one PostgreSQL. @throws AppError `conflict` on a Citus cluster. */
export async function assertOneServer(sql: RawSql): Promise<void> {
  if (!(await isDistributed(sql))) return;
  throw new AppError(
    "conflict",
    "The tables are distributed over a Citus cluster, and this backup is for one PostgreSQL server. Back up and restore every node with pg_basebackup and its write-ahead log, up to a common point that citus_create_restore_point names.",
  );
}
