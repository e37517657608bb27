import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleServerWithoutPages } from "../../support/server-process";
import { copyUnpatchedDriver } from "../../support/unpatched-driver";

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-settings-"));
  program = await bundleServerWithoutPages();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What a server says that can't start; it runs in the folder. */
function start(settings: Record<string, string>, bundle = program): string {
  const env = {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production" as const,
    DATA_DIR: folder,
    ...settings,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  return stdout + stderr;
}

describe("a server", () => {
  it("says in words, without their values, which settings are incorrect", () => {
    const incorrect = {
      LOG_LEVEL: "loud",
      PORT: "99999",
      TIMEZONE: "Mars/Olympus",
      RATE_LIMIT_ENABLED: "perhaps",
      DATABASE_URL: "mysql://localhost/portal",
      AUTH_SECRET: "short",
      INITIAL_API_KEY: "abcdef",
      TRUSTED_PROXIES: "10.0.0.300",
      REDIS_URL: "http://redis:6379",
    };
    const halves = { SSL_KEYFILE: "key.pem", UPSTASH_REDIS_REST_URL: "https://eu1.example.com" };
    const said = start({ ...incorrect, ...halves });
    expect(said).toContain("WinAuthMon cannot start: Invalid configuration:\n  ");
    for (const name of [...Object.keys(incorrect), "SSL_CERTFILE", "UPSTASH_REDIS_REST_TOKEN"]) {
      expect(said).toContain(`\n  ${name}: `);
    }
    for (const value of Object.values({ ...incorrect, ...halves })) expect(said).not.toContain(value);
    expect(said).not.toContain("    at ");
  });

  it("says what is wrong with the key that signs emails", async () => {
    const file = path.join(folder, "dkim.pem");
    const mail = { SMTP_URL: "smtp://mail.example.com", MAIL_FROM: "a@example.com" };
    const settings = { ...mail, MAIL_DKIM_KEYFILE: file, MAIL_DKIM_SELECTOR: "mail2026" };
    const cannotStart = (what: string) => `WinAuthMon cannot start: MAIL_DKIM_KEYFILE (${file}) ${what}.\n`;
    expect(start(settings)).toContain(cannotStart("does not exist"));
    const { privateKey } = generateKeyPairSync("ed25519");
    for (const content of ["NOT A KEY", privateKey.export({ type: "pkcs8", format: "pem" }).toString()]) {
      await writeFile(file, content);
      const said = start(settings);
      expect(said).toContain(cannotStart("does not hold an unencrypted RSA key in PEM"));
      expect(said).not.toContain(content.split("\n").at(-2) ?? content);
    }
  });

  it("says that it can't open its database", () => {
    expect(start({ DATABASE_URL: "postgresql://127.0.0.1:1/nowhere" })).toContain(
      "WinAuthMon cannot start: Can't open the database that DATABASE_URL names: connect ECONNREFUSED 127.0.0.1:1\n",
    );
  });

  it("refuses a database driver without the patch that `npm run build` applies", async () => {
    const copy = path.join(folder, "driver");
    await mkdir(copy);
    const unpatched = await bundleServerWithoutPages({ postgres: await copyUnpatchedDriver(copy) });
    expect(start({}, unpatched)).toContain(
      "WinAuthMon cannot start: The package postgres lacks the patch that comes with WinAuthMon,",
    );
  });

  it("says that DATA_DIR is no folder", async () => {
    const file = path.join(folder, "a file");
    await writeFile(file, "");
    expect(start({ DATA_DIR: file })).toContain(
      `WinAuthMon cannot start: Can't make the folder ${file} of DATA_DIR: `,
    );
  });

  it("writes as much to its log as the file .env asks for", async () => {
    const nowhere = "DATABASE_URL=postgresql://127.0.0.1:1/nowhere\n";
    await writeFile(path.join(folder, ".env"), nowhere);
    expect(start({})).not.toContain("Start failed");
    await writeFile(path.join(folder, ".env"), `${nowhere}LOG_LEVEL=DEBUG\n`);
    expect(start({})).toContain("Start failed");
    await rm(path.join(folder, ".env"));
  });
});
