import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { provideOwnDatabase } from "../support/own-database";
import { bundleServerWithoutPages, startServerProcess } from "../support/server-process";

provideOwnDatabase();

const run = promisify(execFile);
let folder: string;
let program: string;
let before: number;

beforeAll(async () => {
  // What most accounts have, so that nothing is private unless it was made so.
  before = process.umask(0o022);
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-data-"));
  program = await bundleServerWithoutPages();
});
afterAll(async () => {
  process.umask(before);
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Everything in the folder, and itself, that anybody but its owner may use. */
async function openToOthers(dataDir: string): Promise<string[]> {
  const names = [".", ...(await readdir(dataDir, { recursive: true }))];
  const modes = await Promise.all(
    names.map(async (name) => ({ name, found: await stat(path.join(dataDir, name)).catch(() => null) })),
  );
  return modes
    .filter(({ found }) => found !== null && (found.mode & 0o077) !== 0)
    .map(({ name, found }) => `${name} ${(found!.mode & 0o777).toString(8)}`);
}

async function startAndStop(dataDir: string, databaseUrl: string): Promise<void> {
  const server = await startServerProcess(program, {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: "",
    BCRYPT_COST: "4",
    LOG_LEVEL: "warn",
  });
  await server.end("SIGTERM");
}

async function makeCertificate(dataDir: string): Promise<void> {
  await run(process.execPath, ["--import", "tsx", "scripts/cert.ts", "localhost"], {
    env: { ...process.env, DATA_DIR: dataDir },
  });
}

it("is private when the secret is the first thing in it", async () => {
  const dataDir = path.join(folder, "secret", "data");
  await startAndStop(dataDir, process.env.DATABASE_URL!);
  expect(await readdir(dataDir)).toEqual(["auth-secret"]);
  expect(await openToOthers(dataDir)).toEqual([]);
});

it("is private with a database of its own in it, whether a server or a certificate came first", async () => {
  for (const isCertificateFirst of [false, true]) {
    const dataDir = path.join(folder, String(isCertificateFirst), "data");
    if (isCertificateFirst) await makeCertificate(dataDir);
    await startAndStop(dataDir, "");
    if (!isCertificateFirst) await makeCertificate(dataDir);
    expect(await readdir(dataDir)).toEqual(
      expect.arrayContaining(["auth-secret", "postgres", "postgres.log", "run", "tls"]),
    );
    expect(await openToOthers(dataDir)).toEqual([]);
  }
});
