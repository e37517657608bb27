import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-first-secret-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Settles the folder's secret in another process, which a signal ends at a step of it when one is named. */
async function settle(killedAt = ""): Promise<{ signal: string | null; secret: string; complaint: string }> {
  const program = path.join(root, "tests/support/settle-secret-main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, folder, killedAt], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [secret, complaint] = ["", ""];
  child.stdout.on("data", (chunk) => (secret += String(chunk)));
  child.stderr.on("data", (chunk) => (complaint += String(chunk)));
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  return { signal, secret, complaint };
}

it.each(["writeFile", "sync", "link", "rm"])(
  "a first start that is killed at %s is followed by one that has a secret, and keeps it",
  async (step) => {
    expect(await settle(step)).toMatchObject({ signal: "SIGKILL", secret: "" });
    const next = await settle();
    expect(next).toMatchObject({ signal: null, secret: expect.stringMatching(/^\S{44}$/), complaint: "" });
    expect((await settle()).secret).toBe(next.secret);
    expect(await readFile(path.join(folder, "auth-secret"), "utf8")).toBe(next.secret);
  },
);

it("programs that make the first secret at the same time all have the one that is kept, and leave nothing else", async () => {
  const settled = await Promise.all(Array.from({ length: 4 }, () => settle()));
  expect(settled.map(({ complaint }) => complaint)).toEqual(["", "", "", ""]);
  const kept = await readFile(path.join(folder, "auth-secret"), "utf8");
  expect(settled.map(({ secret }) => secret)).toEqual([kept, kept, kept, kept]);
  expect(await readdir(folder)).toEqual(["auth-secret"]);
  expect((await stat(path.join(folder, "auth-secret"))).mode & 0o077).toBe(0);
});

it("a secret that is empty, as an earlier release may have left it, stops the start with words that say what to do", async () => {
  const file = path.join(folder, "auth-secret");
  await writeFile(file, "");
  const { secret, complaint } = await settle();
  expect(secret).toBe("");
  expect(complaint).toContain(`${file} is empty: restore it from a backup, or set AUTH_SECRET.`);
  expect(complaint).toContain("If this installation has never started, delete the file.");
});

it("a secret as short as the environment may have it, as a restored backup leaves it, is taken", async () => {
  const short = "sixteen-letters!";
  await writeFile(path.join(folder, "auth-secret"), short);
  expect(await settle()).toMatchObject({ secret: short, complaint: "" });
  await writeFile(path.join(folder, "auth-secret"), short.slice(1));
  expect(await settle()).toMatchObject({ secret: "", complaint: expect.stringContaining("is damaged") });
});
