import { spawnSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../support/dockerfile";

const NOBODY = 65_534;
let folder: string;

/** A copy of the scripts, in a folder that isn't writable. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-unwritable-"));
  await mkdir(path.join(folder, "scripts"));
  await cp(path.join(root, "scripts", "lib"), path.join(folder, "scripts", "lib"), { recursive: true });
  await cp(path.join(root, "package.json"), path.join(folder, "package.json"));
  await chmod(folder, 0o555);
});
afterAll(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

/** What a script says that can't take the lock of the build. */
function outcome(): { status: number | null; stderr: string } {
  const script = `
    const { main } = await import("${path.join(folder, "scripts/lib/project.mjs")}");
    const { withLock } = await import("${path.join(folder, "scripts/lib/lock.mjs")}");
    await main(() => withLock("build", () => undefined));`;
  const args = ["--input-type=module", "--eval", script];
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const { error, ...result } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", ...user });
  if (!error) return result;
  throw new Error(
    `As root, this test runs Node.js as a user without rights, who can't run ${process.execPath} in ${folder}. Run the ` +
      "tests as another user, or with Node.js and TMPDIR in folders that everyone may open.",
    { cause: error },
  );
}

it.skipIf(process.platform === "win32")("a folder that can't be written is told in words", () => {
  const { status, stderr } = outcome();
  expect(stderr).toBe(
    `[winauthmon] Can't write ${path.join(folder, ".cache")}: this user may not write there. The first start, and the ` +
      `first after an update, installs and builds in ${folder}: run this command once as a user who may write there.\n`,
  );
  expect(status).toBe(1);
});
