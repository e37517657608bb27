import { spawnSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Makes a copy of the driver without what patches/ changes, in a folder that exists and is empty; gives its entry. */
export async function copyUnpatchedDriver(folder: string): Promise<string> {
  const driver = path.join(folder, "node_modules", "postgres");
  await mkdir(path.dirname(driver), { recursive: true });
  await cp(path.join(root, "node_modules", "postgres"), driver, { recursive: true });
  await cp(path.join(root, "patches"), path.join(folder, "patches"), { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ dependencies: { postgres: "*" } }));
  await writeFile(path.join(folder, "package-lock.json"), "{}");
  const tool = path.join(root, "node_modules", "patch-package", "index.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, "--reverse", "--error-on-fail"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The patch can't be taken out:\n${stdout}${stderr}`);
  return path.join(driver, "src", "index.js");
}
