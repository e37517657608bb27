import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "../client";
import { MIGRATIONS, runMigrations } from "../migrate";

export interface ScratchDatabase {
  url: string;
  drop(): Promise<void>;
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** Bytes the database takes on disk. */
export async function databaseBytes(url: string): Promise<number> {
  const sql = connect(url, { max: 1 });
  try {
    const [row] = await sql<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`;
    return Number(row!.bytes);
  } finally {
    await sql.end();
  }
}

/** Bytes that the write-ahead log of the database's server takes. @throws the driver's error without the right to ask. */
export async function logBytes(url: string): Promise<number> {
  const sql = connect(url, { max: 1 });
  try {
    const [row] = await sql<{ bytes: string }[]>`select coalesce(sum(size), 0) as bytes from pg_ls_waldir()`;
    return Number(row!.bytes);
  } finally {
    await sql.end();
  }
}

/**
 * Makes an empty database beside the given one, under its name and a suffix; those that a dead process has left are
 * dropped first, so only one may be worked with at a time. @throws the driver's error without the right to do so.
 */
export async function makeScratchDatabase(url: string): Promise<ScratchDatabase> {
  const prefix = `${databaseOf(url)}_scratch_`;
  const name = prefix + randomBytes(4).toString("hex");
  const sql = connect(url, { max: 1 });
  try {
    const left = await sql<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${prefix})`;
    for (const old of left) await sql.unsafe(`drop database if exists "${old.name}" with (force)`);
    await sql.unsafe(`create database "${name}" template template0 encoding 'UTF8'`);
  } finally {
    await sql.end();
  }
  return { url: withDatabase(url, name), drop: () => dropDatabase(url, name) };
}

async function dropDatabase(url: string, name: string): Promise<void> {
  const sql = connect(url, { max: 1 });
  await sql.unsafe(`drop database if exists "${name}" with (force)`).finally(() => sql.end());
}

interface Journal {
  entries: { when: number }[];
}

async function readJournal(): Promise<Journal> {
  return JSON.parse(await readFile(path.resolve(MIGRATIONS, "meta/_journal.json"), "utf8")) as Journal;
}

/** Brings an empty database to the schema of an earlier release: up to the last of these migrations. */
export async function migrateUpTo(url: string, migrations: readonly number[]): Promise<void> {
  const last = Math.max(...migrations);
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-migrations-"));
  try {
    await cp(path.resolve(MIGRATIONS), folder, { recursive: true });
    const journal = await readJournal();
    const entries = journal.entries.filter(({ when }) => when <= last);
    await writeFile(path.join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
    await runMigrations(url, undefined, { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
