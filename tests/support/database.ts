import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/db/embedded";
import { isAlive, isServerOf, readPidFile } from "@/db/embedded/pid-file";
import { runMigrations } from "@/db/migrate";
import { copyDatabase, createDatabase, dropDatabase, isCitusServer, withDatabase } from "./database-nodes";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
  }
}

const folderPrefix = "winauthmon-test-";

type Server = { url: string; remove(): Promise<void> };

/**
 * Gives the integration tests one migrated database of their own: in a PostgreSQL started for this run, or
 * beside others on the server of TEST_DATABASE_URL, or on the Citus cluster of CITUS_URL. Tests find it in DATABASE_URL. It is a copy of the one in
 * TEST_DATABASE_TEMPLATE, which nobody connects to, so that suites can take copies too.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const name = `winauthmon_test_${randomBytes(6).toString("hex")}`;
  const databaseUrl = withDatabase(server.url, name);
  const template = `${name}_template`;
  const teardown = async () => {
    await dropDatabase(server.url, name);
    await dropDatabase(server.url, template).finally(() => server.remove());
  };
  try {
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
  project.provide("databaseUrl", databaseUrl);
  return teardown;
}

async function openServer(): Promise<Server> {
  const { CITUS_URL } = process.env;
  if (CITUS_URL) process.env.CITUS_SHARD_COUNT ??= "4";
  const given = CITUS_URL || process.env.TEST_DATABASE_URL;
  if (given) return { url: given, remove: async () => undefined };
  await removeAbandoned();
  const folder = await mkdtemp(path.join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  try {
    const embedded = await startEmbeddedPostgres({ dataDir: path.join(folder, "data"), log: console.log });
    return { url: embedded.url, remove: () => embedded.stop().finally(removeFolder) };
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
