import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type postgres from "postgres";
import { connect } from "@/db/client";
import { copyIn, refill } from "@/db/backup/copy";
import { migrateUpTo } from "@/db/backup/scratch";
import { listTables, setSequences } from "@/db/backup/tables";
import { knowsMigrations, runMigrations } from "@/db/migrate";
import { newerRelease, type BackupHeader } from "./archive-format";
import { readArchive, type ReadArchive } from "./read-archive";

/** Writes rows to whichever table they belong to, one after another. */
class TableLoader {
  #table: string | undefined;
  #stream: Writable | undefined;

  constructor(
    readonly sql: postgres.TransactionSql,
    readonly header: BackupHeader,
  ) {}

  async write(table: string, rows: Buffer): Promise<void> {
    if (table !== this.#table) {
      await this.end();
      this.#table = table;
      this.#stream = await copyIn(
        this.sql,
        this.header.tables.find(({ name }) => name === table)!,
      );
    }
    if (!this.#stream!.write(rows)) await once(this.#stream!, "drain");
  }

  /** Tells the server that no more comes, so that its transaction can be taken back. */
  abandon(): void {
    this.#stream?.on("error", () => undefined);
    this.#stream?.destroy(new Error("The restore was canceled."));
    this.#stream = undefined;
  }

  async end(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    if (!stream) return;
    stream.end();
    await finished(stream);
  }
}

/**
 * Loads a backup into an empty database: first the schema as it was, then the rows, then the newer migrations.
 *
 * @throws AppError `invalid` for a file that is damaged, no backup, or of a newer release; the signal's reason.
 */
export async function loadBackup(file: string, url: string, signal?: AbortSignal): Promise<ReadArchive> {
  const sql = connect(url, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    // Read through once before anything is written: a damaged file is refused at no cost.
    const { header } = await readArchive(file, async () => signal?.throwIfAborted());
    if (!knowsMigrations(header.migrations)) throw newerRelease();
    await migrateUpTo(url, header.migrations);
    const archive = await sql.begin((tx) => fill(tx, file, header, signal));
    signal?.throwIfAborted();
    await runMigrations(url);
    return archive as ReadArchive;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function fill(
  tx: postgres.TransactionSql,
  file: string,
  header: BackupHeader,
  signal: AbortSignal | undefined,
): Promise<ReadArchive> {
  const loader = new TableLoader(tx, header);
  let archive: ReadArchive | undefined;
  await refill(tx, await listTables(tx), async () => {
    try {
      archive = await readArchive(file, (table, rows) => {
        signal?.throwIfAborted();
        return loader.write(table, rows);
      });
      await loader.end();
    } catch (error) {
      loader.abandon();
      throw error;
    }
  });
  await setSequences(tx, archive!.manifest.sequences);
  return archive!;
}
