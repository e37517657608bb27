import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { env } from "@/lib/env";

export interface AppVersion {
  version: string;
  /** The first twelve digits of the source's commit, where it is known. */
  commit: string | null;
}

let known: Promise<AppVersion> | undefined;

/** The release that runs: package.json's version, and GIT_COMMIT or the commit of the checkout it runs in. */
export function appVersion(): Promise<AppVersion> {
  known ??= readVersion();
  return known;
}

async function readVersion(): Promise<AppVersion> {
  const text = await readFile(resolve(/* turbopackIgnore: true */ process.cwd(), "package.json"), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  const commit = env().GIT_COMMIT ?? (await readCommit().catch(() => null));
  return { version, commit: commit?.slice(0, 12) ?? null };
}

async function readCommit(): Promise<string | null> {
  const git = (name: string) =>
    readFile(resolve(/* turbopackIgnore: true */ process.cwd(), ".git", name), "utf8");
  const head = (await git("HEAD")).trim();
  const ref = /^ref: (\S+)$/.exec(head)?.[1];
  if (!ref) return /^[0-9a-f]{40}$/.test(head) ? head : null;
  const loose = await git(ref).catch(() => null);
  if (loose) return loose.trim();
  const packed = await git("packed-refs");
  return (
    packed
      .split("\n")
      .find((line) => line.endsWith(` ${ref}`))
      ?.split(" ")[0] ?? null
  );
}
