/**
 * A copy takes more than the database, whose indexes `fill-indexes` keeps small (1.22 times where it was measured), and
 * the work on it takes some besides.
 */
const COPY_FACTOR = 1.5;
/** PostgreSQL lets its write-ahead log grow so far between checkpoints (`max_wal_size` of the program's own). */
const MOST_LOG_BYTES = 2 * 1024 ** 3;
/** The first files of a PostgreSQL that is started for the check. */
const FIRST_FILES_BYTES = 512 * 1024 ** 2;

/**
 * Free space, in bytes, that the check of a backup needs in DATA_DIR.
 *
 * The write-ahead log grows with what is copied. One that is large already is used again: `logBytes` is its size where the
 * copy is made beside the database, null where a PostgreSQL is started for the check.
 */
export function roomOfCheck({ bytes, logBytes }: { bytes: number; logBytes: number | null }): number {
  const log = Math.min(bytes, MOST_LOG_BYTES);
  const around = logBytes === null ? FIRST_FILES_BYTES + log : Math.max(0, log - logBytes);
  return bytes * COPY_FACTOR + around;
}
