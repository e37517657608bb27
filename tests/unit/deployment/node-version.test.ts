import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import checkNode from "@/scripts/lib/check-node.cjs";
import { readProjectFile, root } from "../../support/dockerfile";

const run = promisify(execFile);
const manifest = JSON.parse(readProjectFile("package.json")) as {
  engines: { node: string };
  devEngines: { runtime: { version: string } };
  scripts: Record<string, string>;
};

test.each([
  ["v20.9.0", undefined],
  ["v20.9.1", undefined],
  ["v20.20.2", undefined],
  ["v22.0.0", undefined],
  ["v24.1.0", undefined],
  ["v20.8.1", "WinAuthMon needs Node.js 20.9.0 or newer; this is 20.8.1. See https://nodejs.org"],
  ["v18.20.4", "WinAuthMon needs Node.js 20.9.0 or newer; this is 18.20.4. See https://nodejs.org"],
  ["v0.12.18", "WinAuthMon needs Node.js 20.9.0 or newer; this is 0.12.18. See https://nodejs.org"],
])("Node.js %s is told: %s", (version, words) => expect(checkNode.complaint(version, false)).toBe(words));

test("the tests say that they need a newer Node.js than the program", () => {
  expect(checkNode.complaint("v20.9.0", true)).toBe(
    "The tests of WinAuthMon need Node.js 20.19.0 or newer; this is 20.9.0. See https://nodejs.org",
  );
  expect(checkNode.complaint("v20.19.0", true)).toBeUndefined();
});

test.each(Object.entries(manifest.scripts))(
  "npm run %s asks the check before anything else",
  async (_, command) => {
    expect(command).toMatch(/^node --require \.\/scripts\/lib\/check-node\.cjs \S+/);
    const args = ["--require", "./tests/support/old-node.cjs", ...command.split(" ").slice(1)];
    const failed = await run(process.execPath, args, { cwd: root }).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 1,
      stdout: "",
      stderr:
        "[winauthmon] WinAuthMon needs Node.js 20.9.0 or newer; this is 18.0.0. See https://nodejs.org\n",
    });
  },
);

test("npm run test:node tries the least Node.js of package.json, and the Dockerfile's", () => {
  const script = readProjectFile("scripts/test-node.mjs");
  const release = (name: string) => new RegExp(`^const ${name} = "(.+)";$`, "m").exec(script)![1]!;
  expect(`>=${release("OLDEST")}`).toBe(manifest.engines.node);
  const [, image] = /^ARG NODE_IMAGE=node:(\d+)-/m.exec(readProjectFile("Dockerfile"))!;
  expect(release("IMAGE").split(".")[0]).toBe(image);
});

test.each(["README.md", "docs/deployment.md"])("%s names the least Node.js of package.json", (file) => {
  const { engines, devEngines } = manifest;
  const [least, forTests] = [engines.node, devEngines.runtime.version].map(
    (text) => /\d+\.\d+/.exec(text)![0],
  );
  const named = [...readProjectFile(file).matchAll(/Node\.js (\d+(?:\.\d+)*) or newer/g)].map(
    ([, name]) => name,
  );
  expect(named).toContain(least);
  expect(named.filter((name) => name !== least && name !== forTests)).toEqual([]);
});

/** What came with a later Node.js than the least one; each is called where it is, or only after a look whether it is there. */
const LATER: Readonly<Record<string, RegExp>> = {
  "URL.parse (22.1)": /\bURL\.parse\(/,
  "import.meta.dirname (20.11)": /\bimport\.meta\.(?:dirname|filename)\b/,
  "Promise.withResolvers (22)": /\bPromise\.(?:withResolvers|try)\b/,
  "groupBy (21)": /\b(?:Object|Map)\.groupBy\(/,
  "Array.fromAsync (22)": /\bArray\.fromAsync\(/,
  "util.styleText (20.12)": /\bstyleText\b/,
  "process.loadEnvFile (20.12)": /\bprocess\.loadEnvFile\b/,
  "process.getBuiltinModule (20.16)": /\bgetBuiltinModule\b/,
  "fs.glob (22)": /\bglobSync\b|\bfs\.glob\b/,
  "sets' own operations (22)": /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/,
  "node:sqlite (22.5)": /["']node:sqlite["']/,
};

test("the program calls nothing that the least Node.js lacks", () => {
  const folders = ["app", "components", "db", "lib", "scripts"];
  const files = folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true }).map((name) =>
        path.join(folder, String(name)),
      ),
    )
    .concat(["server.ts", "middleware.ts", "instrumentation.ts", "next.config.ts"])
    .filter((file) => /\.(?:tsx?|mjs|cjs)$/.test(file));
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) => {
    const code = readFileSync(path.join(root, file), "utf8").replaceAll(/^\s*(?:\/\/|\*).*$/gm, "");
    return Object.entries(LATER)
      .filter(([, pattern]) => pattern.test(code))
      .map(([name]) => `${file}: ${name}`);
  });
  expect(found).toEqual([]);
});
