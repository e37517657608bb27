import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readProjectFile } from "../../support/dockerfile";

let folder: string;
let unit: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-systemd-"));
  unit = path.join(folder, "winauthmon.service");
  // The unit names Debian's Node, which need not be the one that runs these tests.
  const text = readProjectFile("deploy/winauthmon.service").replace("/usr/bin/node", process.execPath);
  await writeFile(unit, text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs systemd-analyze, which needs no running systemd. @throws Error telling how to get it when there is none. */
function analyze(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve, reject) => {
    execFile("systemd-analyze", args, (error, out, err) => {
      if (error?.code === "ENOENT")
        reject(new Error("These tests need systemd-analyze: apt-get install -y systemd"));
      else resolve({ code: error ? Number(error.code) : 0, said: out + err });
    });
  });
}

it("the unit is one that systemd takes without a word", async () => {
  expect(await analyze("verify", "--man=no", unit)).toEqual({ code: 0, said: "" });
});

it("a misspelt setting would be told", async () => {
  const wrong = path.join(folder, "wrong.service");
  await writeFile(wrong, `[Service]\nExecStart=${process.execPath}\nProtectSystm=strict\n`);
  expect((await analyze("verify", "--man=no", wrong)).said).toContain("ProtectSystm");
});

it("the service is exposed to the system by 1.5 of 10 at most, as systemd itself counts", async () => {
  // Its threshold is ten times the figure it prints.
  const { code, said } = await analyze("security", "--offline=true", "--threshold=15", "--no-pager", unit);
  expect(said).toMatch(/Overall exposure level/);
  expect([code, /Overall.*/.exec(said)?.[0]]).toEqual([0, expect.stringContaining("OK")]);
});
