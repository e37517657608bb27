import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { startEmbeddedPostgres } from "@/db/embedded";
import { runMigrations } from "@/db/migrate";
import { waitForNoDisk } from "./database-nodes";

const TEMPLATE = "TEST_DATA_FOLDER_TEMPLATE";

/**
 * Makes one data folder with a migrated, empty database for all journeys of a run. Their servers start on copies of it
 * and seed them; only the shared server of playwright.config.ts goes the whole way from an empty folder.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-template-"));
  const embedded = await startEmbeddedPostgres({ dataDir: folder });
  await runMigrations(embedded.url)
    .then(() => waitForNoDisk(embedded.url))
    .finally(() => embedded.stop());
  process.env[TEMPLATE] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Makes a data folder in the temporary folder: with a migrated database where the run has one, otherwise empty. */
export async function makeTestDataFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  const template = process.env[TEMPLATE];
  if (template) await copyFolder(path.join(template, "postgres"), path.join(folder, "postgres"));
  return folder;
}

/** Node.js itself takes ten times as long for the thousand files of a database. */
export async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === "win32") return cp(from, to, { recursive: true });
  await promisify(execFile)("cp", ["-R", from, to]);
}
