import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleServerWithoutPages } from "../../support/server-process";

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-settings-"));
  program = await bundleServerWithoutPages();
});
afterAll(async () => {
  await rm(program, { force: true });
  await rm(folder, { recursive: true, force: true });
});

/** What a server says that can't start; it runs in the folder. */
function start(settings: Record<string, string>): string {
  const env = {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production" as const,
    DATA_DIR: folder,
    ...settings,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  return stdout + stderr;
}

describe("a server", () => {
  it.each([
    ["LOG_LEVEL", "loud"],
    ["PORT", "99999"],
    ["TIMEZONE", "Mars/Olympus"],
    ["RATE_LIMIT_ENABLED", "perhaps"],
    ["DATABASE_URL", "mysql://localhost/portal"],
    ["AUTH_SECRET", "short"],
    ["INITIAL_API_KEY", "abc"],
    ["SSL_KEYFILE", "key.pem"],
  ])("says in words, without the value, that %s is incorrect", (name, value) => {
    const said = start({ [name]: value });
    expect(said).toContain(
      `WinAuthMon cannot start: Invalid configuration:\n  ${name === "SSL_KEYFILE" ? "SSL_CERTFILE" : name}: `,
    );
    expect(said).not.toContain(value);
    expect(said).not.toContain("    at ");
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
