import { copyFile, mkdtemp, open, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "node-sqlite3-wasm";
import { ImportError } from "@/lib/domain/import/import-error";
import type { SqliteAddress } from "@/lib/domain/import/addresses";
import type { SourceRow } from "@/lib/domain/import/stored-value";
import { messageOf } from "@/lib/error-text";
import type { OriginalSource } from "./source";

/**
 * Opens an SQLite file by its full path.
 *
 * Read where it stands, page by page, so that its size matters little. Where a write-ahead log or a journal stands
 * beside it, or the folder takes no lock, a copy of both is read: opening would fold the log into the file, and the
 * source is never written to.
 * @throws ImportError
 */
export async function openSqlite({ file }: SqliteAddress): Promise<OriginalSource> {
  const before = await assertDatabaseFile(file);
  const { db, remove } = await openFile(file);
  return {
    kind: "sqlite",
    label: `sqlite:///${file}`,
    async columns() {
      const tables = new Map<string, Set<string>>();
      const rows = db.all(
        "select m.name as table_name, c.name as column_name from sqlite_master m join pragma_table_info(m.name) c where m.type in ('table', 'view')",
      );
      for (const row of rows) {
        const table = String(row.table_name).toLowerCase();
        tables.set(table, (tables.get(table) ?? new Set()).add(String(row.column_name).toLowerCase()));
      }
      return tables;
    },
    query: async (text) => read(db, text),
    sessionTimeZone: async () => null,
    async changedWhileRead() {
      const after = await fingerprintOfFile(file);
      return after === before
        ? null
        : "The file was written to while it was read. Stop the original and run the import once more.";
    },
    async close() {
      db.close();
      await remove();
    },
  };
}

function read(db: Database, text: string): SourceRow[] {
  try {
    return db.all(text) as SourceRow[];
  } catch (error) {
    throw new ImportError(`Can't read the SQLite file: ${messageOf(error)}`, { cause: error });
  }
}

async function assertDatabaseFile(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new ImportError(`${file} doesn't exist.`);
  const handle = await open(file, "r").catch((error: unknown) => {
    throw new ImportError(`Can't read ${file}: ${messageOf(error)}`, { cause: error });
  });
  try {
    const head = Buffer.alloc(16);
    const { bytesRead } = found.isFile() ? await handle.read(head, 0, 16, 0) : { bytesRead: 0 };
    if (bytesRead < 16 || head.toString("latin1") !== "SQLite format 3\0")
      throw new ImportError(`${file} is not an SQLite database.`);
  } finally {
    await handle.close();
  }
  return fingerprintOfFile(file);
}

/** Sizes and times of the file and its log: any write changes them. */
async function fingerprintOfFile(file: string): Promise<string> {
  const parts = await Promise.all([file, `${file}-wal`].map((path) => stat(path).catch(() => null)));
  return parts.map((part) => (part ? `${part.size}/${part.mtimeMs}` : "-")).join(" ");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

interface OpenFile {
  db: Database;
  remove(): Promise<void>;
}

/** Loaded at the first use; a CommonJS module whose names `import` does not see. */
async function openFile(file: string): Promise<OpenFile> {
  const { Database } = createRequire(import.meta.url)(
    "node-sqlite3-wasm",
  ) as typeof import("node-sqlite3-wasm");
  if (!(await exists(`${file}-wal`)) && !(await exists(`${file}-journal`))) {
    try {
      return { db: probed(new Database(file, { readOnly: true })), remove: async () => undefined };
    } catch {
      // A folder that cannot be written to takes no lock: the copy below needs none there.
    }
  }
  const folder = await mkdtemp(join(tmpdir(), "winauthmon-import-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const copy = join(folder, "original.db");
  try {
    for (const end of ["", "-wal", "-journal"]) {
      if (await exists(file + end)) await copyFile(file + end, copy + end);
    }
    return { db: probed(new Database(copy)), remove };
  } catch (error) {
    await remove();
    throw new ImportError(`Can't open the SQLite file: ${messageOf(error)}`, { cause: error });
  }
}

/** Without shared memory a write-ahead log can be read by one connection alone; SQLite opens the file at the first query. */
function probed(db: Database): Database {
  try {
    db.exec("pragma locking_mode = exclusive");
    db.all("select count(*) as n from sqlite_master");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
