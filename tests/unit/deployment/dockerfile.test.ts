import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  isIgnoredByDocker,
  isInBuildContext,
  parseDockerfile,
  readProjectFile,
  root,
} from "../../support/dockerfile";

const instructions = parseDockerfile(readProjectFile("Dockerfile"));
const inImage = instructions.filter(({ stage }) => stage === "");
const only = (name: string) => instructions.filter((instruction) => instruction.name === name);
const { scripts } = JSON.parse(readProjectFile("package.json")) as { scripts: Record<string, string> };
/** What the build itself makes, and where it comes from. */
const MADE: Record<string, string> = {
  node_modules: "package-lock.json",
  ".next": "next.config.ts",
  dist: "server.ts",
  "agent/dist": "scripts/build-agent.mjs",
};

test("everything the image copies is in the project and not kept back from the build", () => {
  const copied = only("COPY").filter(({ text }) => !text.startsWith("--from="));
  expect(copied.length).toBeGreaterThan(3);
  for (const { text } of copied) {
    const sources = text.split(/\s+/).slice(0, -1);
    expect(sources.filter((source) => !isInBuildContext(source))).toEqual([]);
  }
});

test("what is copied between stages is made or copied by the stage it is taken from", () => {
  const taken = only("COPY").filter(({ text }) => text.startsWith("--from="));
  expect(taken.length).toBeGreaterThan(5);
  for (const { text } of taken) {
    const [from, ...sources] = text.split(/\s+/).slice(0, -1);
    const stage = from!.replace("--from=", "");
    expect(only("FROM").map((instruction) => instruction.stage)).toContain(stage);
    for (const source of sources) {
      const file = source.replace(/^\/build\//, "");
      expect([file, MADE[file] ?? file, existsSync(path.join(root, MADE[file] ?? file))]).toEqual([
        file,
        MADE[file] ?? file,
        true,
      ]);
    }
  }
});

test("every command of the image is one that the project has", () => {
  const commands = [...only("RUN"), ...only("CMD"), ...only("HEALTHCHECK")].map(({ text }) =>
    text.replaceAll(/[[\]",]+/g, " "),
  );
  const npmScripts = commands.flatMap((text) => /npm run (\S+)/.exec(text)?.[1] ?? []);
  expect(npmScripts).toEqual(["build"]);
  expect(npmScripts.filter((name) => !scripts[name])).toEqual([]);
  const programs = commands.flatMap((text) => /\bnode\s+(\S+\.mjs)/.exec(text)?.[1] ?? []);
  expect(programs).toEqual(["scripts/build-agent.mjs", "dist/server.mjs", "scripts/health-check.mjs"]);
  for (const program of programs) {
    const source = program === "dist/server.mjs" ? "server.ts" : program;
    expect(isInBuildContext(source)).toBe(true);
  }
});

test("the server runs as an account by number that is not root, owns its data alone, and is watched", () => {
  const names = inImage.map(({ name }) => name);
  expect(inImage.find(({ name }) => name === "USER")?.text).toMatch(/^[1-9]\d*$/);
  // After the account is given up nothing more is written into the image.
  expect(names.slice(names.indexOf("USER")).filter((name) => ["RUN", "COPY", "ADD"].includes(name))).toEqual(
    [],
  );
  expect(inImage.find(({ name }) => name === "VOLUME")?.text).toBe('["/data"]');
  expect(names).toContain("HEALTHCHECK");
  expect(inImage.filter(({ text }) => /--chown|chmod|chown -R/.test(text))).toEqual([]);
});

test.each([
  ".env",
  ".env.local",
  ".git/config",
  "data/auth-secret",
  "agent/dist/winagentUSM.exe",
  "node_modules/next",
])("%s never goes to the build", (file) => expect(isIgnoredByDocker(file)).toBe(true));

test("all that the build's own script reads goes to it", () => {
  const listed = [...readProjectFile("scripts/lib/build.mjs").matchAll(/^ {2}"([\w.-]+)",?$/gm)].map(
    ([, file]) => file!,
  );
  expect(listed).toContain("middleware.ts");
  const wanted = [...listed, "components", "db", "lib", "scripts", "tests/bench", "tests/support"];
  expect(wanted.filter(isIgnoredByDocker)).toEqual([]);
});
