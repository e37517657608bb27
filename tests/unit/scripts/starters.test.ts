import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "../../support/dockerfile";

/** A project in small: the real scripts, and in place of Next, esbuild and the server what tells how it is called. */
const FILES: Readonly<Record<string, string>> = {
  "app/page.tsx": "the page",
  "lib/server.ts": "the server",
  "messages/en.json": "{}",
  "node_modules/.package-lock.json": `{ "packages": {} }`,
  "package-lock.json": `{ "packages": {} }`,
  "node_modules/patch-package/package.json": `{ "name": "patch-package", "bin": "run.cjs" }`,
  "node_modules/patch-package/run.cjs": `console.log("patched " + process.argv.slice(2).join(" "));`,
  "node_modules/next/package.json": `{ "name": "next", "bin": { "next": "run.cjs" } }`,
  "node_modules/next/run.cjs": `
    const { existsSync, mkdirSync } = require("node:fs");
    process.on("SIGTERM", () => process.exit(7));
    const { DATABASE_URL = "", NODE_ENV } = process.env;
    console.log(["next", ...process.argv.slice(2), NODE_ENV, DATABASE_URL].join(" ").trim());
    if (existsSync("breaks")) process.exit(3);
    mkdirSync(".next/static", { recursive: true });
    if (existsSync("stays")) setInterval(() => undefined, 1000);`,
  "node_modules/esbuild/package.json": `{ "name": "esbuild", "type": "module", "exports": "./run.js" }`,
  "node_modules/esbuild/run.js": `
    import { mkdirSync, writeFileSync } from "node:fs";
    export async function build({ entryPoints, outdir }) {
      console.log("bundled " + Object.keys(entryPoints).toSorted().join(" "));
      mkdirSync(outdir, { recursive: true });
      writeFileSync(outdir + "/server.mjs", 'console.log("served", process.env.NODE_ENV, process.pid);');
    }
    export async function stop() {}`,
  "node_modules/@next/env/package.json": `{ "name": "@next/env", "main": "run.cjs" }`,
  "node_modules/@next/env/run.cjs": `
    exports.loadEnvConfig = (folder, isDev) => Object.assign(process.env, isDev && { PORT: "4321" });`,
  "lib/env.ts": `export const env = (): object => ({ HOST: "127.0.0.5", PORT: process.env.PORT });`,
  "lib/server/ready-text.ts": `export const readyText = (told: object) => "ready " + JSON.stringify(told);`,
  "lib/services/install/open-installation.ts": `
    export async function openInstallation(role: string) {
      console.log("opened as " + role);
      process.env.DATABASE_URL = "postgresql://of-the-installation";
      const close = async () => console.log("closed");
      return { firstStart: { login: "superadmin" }, secretWarning: null, close };
    }`,
};

let project: string;

beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), "winauthmon-starters-"));
  await cp(path.join(root, "scripts"), path.join(project, "scripts"), { recursive: true });
  await cp(path.join(root, "package.json"), path.join(project, "package.json"));
  for (const [name, text] of Object.entries(FILES)) await write(name, text);
  // It runs TypeScript in place of a bundle.
  await symlink(path.join(root, "node_modules", "tsx"), path.join(project, "node_modules", "tsx"));
});
afterEach(() => rm(project, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<void> {
  const file = path.join(project, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Starts `npm run <name>` as package.json has it, but without npm. */
async function start(name: "start" | "dev") {
  const manifest = JSON.parse(await readFile(path.join(project, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const [, ...args] = manifest.scripts[name]!.split(" ");
  const { npm_lifecycle_event: _, DATABASE_URL: __, NODE_ENV: ___, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: project,
    env: { ...env, NODE_OPTIONS: "" } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said += String(chunk)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number, lines: linesOf(said) }));
  return { child, said: () => said, ended };
}

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");
const run = async (name: "start" | "dev") => (await start(name)).ended;

const PATCHED = "patched --error-on-fail";
const PAGES = [
  "[winauthmon] Building the pages (only after changes; takes about a minute)",
  "next build production",
];
const PROGRAMS = ["[winauthmon] Bundling the programs", expect.stringMatching(/^bundled .*\bserver\b/)];
const SERVED = expect.stringMatching(/^served production \d+$/);

describe("npm start", () => {
  it("builds what is older than its sources and nothing else, and serves in its own process", async () => {
    const first = await start("start");
    const { code, lines } = await first.ended;
    expect({ code, lines }).toEqual({ code: 0, lines: [PATCHED, ...PAGES, ...PROGRAMS, SERVED] });
    expect(lines.at(-1)).toBe(`served production ${first.child.pid}`);
    expect((await run("start")).lines).toEqual([SERVED]);
    await write("app/page.tsx", "another page");
    expect((await run("start")).lines).toEqual([...PAGES, SERVED]);
    await rm(path.join(project, "lib", "server.ts"));
    expect((await run("start")).lines).toEqual([...PAGES, ...PROGRAMS, SERVED]);
  });

  it("serves nothing when the build fails, says so, and builds at the next start", async () => {
    await write("breaks", "");
    expect(await run("start")).toEqual({
      code: 1,
      lines: [PATCHED, ...PAGES, "[winauthmon] The build failed. See the messages above."],
    });
    await rm(path.join(project, "breaks"));
    expect((await run("start")).lines).toEqual([...PAGES, ...PROGRAMS, SERVED]);
  });
});

describe("npm run dev", () => {
  const OPENED = [
    PATCHED,
    "opened as server",
    'ready {"host":"127.0.0.5","port":"4321","isHttps":false,"firstStart":{"login":"superadmin"},"secretWarning":null}',
    "next dev --hostname 127.0.0.5 --port 4321 development postgresql://of-the-installation",
  ];

  it("opens the installation and gives Next its address, port and database", async () => {
    expect(await run("dev")).toEqual({ code: 0, lines: [...OPENED, "closed"] });
  });

  it("hands a signal on to Next, and closes the installation after it", async () => {
    await write("stays", "");
    const { child, said, ended } = await start("dev");
    await expect.poll(said).toContain("next dev ");
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: 7, lines: [...OPENED, "closed"] });
  });
});
