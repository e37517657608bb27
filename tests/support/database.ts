import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/db/embedded";
import { isAlive, isServerOf, readPidFile } from "@/db/embedded/pid-file";
import { runMigrations } from "@/db/migrate";
import { sharedBundles } from "./bundle-program";
import {
  copyDatabase,
  createDatabase,
  dropDatabase,
  isCitusServer,
  waitForNoDisk,
  withDatabase,
} from "./database-nodes";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
  }
}

const folderPrefix = "winauthmon-test-";

/** `isOurs`: started for this run, and gone with it. */
type Server = { url: string; isOurs: boolean; remove(): Promise<void> };

/**
 * Gives the integration tests one migrated database of their own: in a PostgreSQL started for this run, or
 * beside others on the server of TEST_DATABASE_URL, or on the Citus cluster of CITUS_URL. Tests find it in DATABASE_URL. It is a copy of the one in
 * TEST_DATABASE_TEMPLATE, which has no connections, so that suites can take copies too.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { DATABASE_URL, TEST_DATABASE_TEMPLATE } = process.env;
  if (DATABASE_URL && TEST_DATABASE_TEMPLATE) {
    // Another project of this run has made it.
    project.provide("databaseUrl", DATABASE_URL);
    return async () => undefined;
  }
  const server = await openServer();
  const name = `winauthmon_test_${randomBytes(6).toString("hex")}`;
  const databaseUrl = withDatabase(server.url, name);
  const template = `${name}_template`;
  const teardown = async () => {
    await rm(sharedBundles(), { recursive: true, force: true });
    if (server.isOurs) return server.remove();
    await dropDatabase(server.url, name);
    await dropDatabase(server.url, template);
  };
  try {
    if (server.isOurs) await waitForNoDisk(server.url);
    await createDatabase(server.url, template);
    await runMigrations(withDatabase(server.url, template));
    await copyDatabase(server.url, name, template);
  } catch (error) {
    await teardown();
    throw error;
  }
  process.env.DATABASE_URL = databaseUrl;
  process.env.TEST_ON_CITUS = String(await isCitusServer(server.url));
  process.env.TEST_DATABASE_TEMPLATE = template;
  process.env.TEST_KEEPS_DATABASES = server.isOurs ? "true" : "";
  project.provide("databaseUrl", databaseUrl);
  return teardown;
}

async function openServer(): Promise<Server> {
  const { CITUS_URL } = process.env;
  if (CITUS_URL) process.env.CITUS_SHARD_COUNT ??= "4";
  const given = CITUS_URL || process.env.TEST_DATABASE_URL;
  if (given) return { url: given, isOurs: false, remove: async () => undefined };
  await removeAbandoned();
  const folder = await mkdtemp(path.join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  try {
    const embedded = await startEmbeddedPostgres({ dataDir: path.join(folder, "data"), log: console.log });
    return { url: embedded.url, isOurs: true, remove: () => embedded.stop().finally(removeFolder) };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** Clears away what a killed test run has left: its PostgreSQL and its folder. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const folder = path.join(tmpdir(), name);
    const cluster = path.join(folder, "data", "postgres");
    const server = await readPidFile(cluster);
    if (server && (await isServerOf(cluster, server.pid))) process.kill(server.pid, "SIGQUIT");
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch(
      () => undefined,
    );
  }
}
