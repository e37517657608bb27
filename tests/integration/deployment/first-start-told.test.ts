import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { provideAdmin } from "../../support/admin-program";
import { originalStatements, writeSqliteOriginal } from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";
import { bundleServerWithoutPages, startServerProcess } from "../../support/server-process";

const SIGN_IN = /^ {2}First sign-in {2}superadmin, password adminsuper \(to be changed/m;
const KEY = /^ {2}First API key {2}[0-9a-f]{64}$/m;
const importIn = provideAdmin("import");
const runAdmin = provideAdmin();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-told-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** All that a server says that starts, or tries to, on the suite's database, and is then stopped. */
async function said(program: string, environment: Record<string, string> = {}): Promise<string> {
  const settings = { DATABASE_URL: process.env.DATABASE_URL!, AUTH_SECRET: process.env.AUTH_SECRET! };
  try {
    const server = await startServerProcess(program, {
      ...settings,
      DATA_DIR: folder,
      HOST: "127.0.0.1",
      INITIAL_ADMIN_PASSWORD: "",
      INITIAL_API_KEY: "",
      BCRYPT_COST: "4",
      LOG_LEVEL: "warn",
      ...environment,
    });
    await server.end("SIGTERM");
    return server.said();
  } catch (error) {
    return String(error);
  }
}

describe("an installation whose first start fails after it was filled", () => {
  provideOwnDatabase();

  it("has told its key, and tells its first sign-in at each start until someone has signed in", async () => {
    const program = await bundleServerWithoutPages();
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const failed = await said(program, { PORT: String((taken.address() as AddressInfo).port) });
    expect(failed).toContain("WinAuthMon cannot start");
    expect(failed).toMatch(SIGN_IN);
    expect(failed).toMatch(KEY);
    taken.close();
    const started = await said(program);
    expect(started).toMatch(SIGN_IN);
    expect(started).not.toContain("First API key");
    await database().execute(sql`update app_auth_users set last_sign_in_at = now()`);
    const later = await said(program);
    expect(later).toContain("WinAuthMon is ready.");
    expect(later).not.toContain("First sign-in");
  });
});

describe("an installation whose first start is stopped while Next prepares", () => {
  provideOwnDatabase();

  it("has told its first sign-in and key", async () => {
    const next = fileURLToPath(new URL("../../support/next-told-to-stop.ts", import.meta.url));
    const stopped = await said(await bundleServerWithoutPages({ next }));
    expect(stopped).toMatch(SIGN_IN);
    expect(stopped).toMatch(KEY);
    expect(await said(await bundleServerWithoutPages())).toMatch(SIGN_IN);
  });
});

describe("an installation that has the password of its settings", () => {
  provideOwnDatabase();

  it("names these at each start, and never the password", async () => {
    const program = await bundleServerWithoutPages();
    const chosen = { INITIAL_ADMIN_PASSWORD: "Quiet-Harbour-47-lamps" };
    for (const text of [await said(program, chosen), await said(program, chosen)]) {
      expect(text).toContain("First sign-in  superadmin, password the one in INITIAL_ADMIN_PASSWORD");
      expect(text).not.toContain(chosen.INITIAL_ADMIN_PASSWORD);
    }
    expect(await said(program)).not.toContain("First sign-in");
  });
});

describe("an installation that an import opens first", () => {
  provideOwnDatabase();

  it("is told with its first sign-in and key, also after a dry run", async () => {
    const statements = await originalStatements("sqlite", "Europe/London", []);
    const source = await writeSqliteOriginal(path.join(folder, "original.db"), statements);
    const run = await importIn(source, "--timezone", "Europe/London", "--company", "Keyless", "--dry-run");
    expect(run.text).toMatch(
      /First sign-in: superadmin, password adminsuper\. First API key: [0-9a-f]{64}\n/,
    );
    expect(run.code).toBe(0);
  });
});

describe("an installation whose first program changes its first sign-in", () => {
  provideOwnDatabase();

  it("is told with its key, and not with a password that no longer works", async () => {
    const { text, code } = await runAdmin("reset-password", "--user", "superadmin");
    expect(code).toBe(0);
    expect(text).toMatch(/First API key: [0-9a-f]{64}\n/);
    expect(text).not.toContain("First sign-in");
  });
});
