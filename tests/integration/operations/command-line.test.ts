import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "@/scripts/admin/commands";
import { parseCommandLine } from "@/scripts/admin/options";
import { provideAdmin } from "../../support/admin-program";
import { isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();
const admin = provideAdmin();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-caller-"));
  process.env.DATA_DIR = path.join(folder, "data");
  process.env.INIT_CWD = folder;
  await mkdir(process.env.DATA_DIR);
});
afterAll(async () => {
  delete process.env.DATA_DIR;
  delete process.env.INIT_CWD;
  await rm(folder, { recursive: true, force: true });
});

describe("an option of another command", () => {
  it.each([
    [["retention", "run", "--company", "Acme"], "--company"],
    [["recount", "--older-than-days", "30"], "--older-than-days"],
    [["list-companies", "--yes"], "--yes"],
    [["backup", "--force"], "--force"],
  ])("is refused before anything is done: %j", async (args, option) => {
    const usage =
      COMMANDS[
        args
          .slice(
            0,
            args.findIndex((word) => word.startsWith("--")),
          )
          .join(" ")
      ]!.usage;
    expect(await admin(...args)).toEqual({
      code: 2,
      text: `This command doesn't take ${option}. Usage: ${usage}\n`,
    });
  });

  it("is one that the usage doesn't name, so every usage names only options that exist", () => {
    for (const { usage } of Object.values(COMMANDS)) {
      const options = usage.match(/--[a-z-]+(?: [A-Za-z]\S*)?/g) ?? [];
      const args = options.flatMap((option) => option.split(" "));
      expect(() => parseCommandLine(args)).not.toThrow();
    }
  });
});

describe("a file is named as seen from the caller's folder", () => {
  it.skipIf(isLeftOut("a backup is of one PostgreSQL server"))("by backup --to", async () => {
    const made = await admin("backup", "--to", "elsewhere", "--no-verify");
    expect(made).toMatchObject({ code: 0 });
    expect(await readdir(path.join(folder, "elsewhere"))).toEqual([
      expect.stringMatching(/^winauthmon-manual-\d{8}T\d{6}Z\.tar\.gz$/),
    ]);
  });

  it.skipIf(isLeftOut("a backup is of one PostgreSQL server"))("by restore", async () => {
    expect(await admin("restore", "missing.tar.gz", "--force")).toMatchObject({
      code: 1,
      text: expect.stringContaining(`Can't read the backup ${path.join(folder, "missing.tar.gz")}: `),
    });
  });
});
