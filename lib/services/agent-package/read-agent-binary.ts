import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AGENT_FILE } from "@/lib/domain/silent-install";
import { env } from "@/lib/env";

export interface AgentBinary {
  bytes: Uint8Array;
  /** SHA-256, hex. */
  sha256: string;
  /** What `-version` prints, such as 1.0.0; null when no checksum file beside it tells it for just these bytes. */
  version: string | null;
  modifiedAt: Date;
}

let cached: { path: string; size: number; modifiedMs: number; binary: AgentBinary } | undefined;

/**
 * The Windows agent from AGENT_DIR (default `agent/dist`), read again when the file changes; null when it is not there.
 *
 * Its version is told by the line `# version …` of `winagentUSM.exe.sha256`, which the agent's build writes.
 */
export async function readAgentBinary(): Promise<AgentBinary | null> {
  const path = resolve(
    /* turbopackIgnore: true */ process.cwd(),
    env().AGENT_DIR ?? "agent/dist",
    AGENT_FILE,
  );
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (!found?.isFile()) return null;
  if (cached?.path === path && cached.size === found.size && cached.modifiedMs === found.mtimeMs)
    return cached.binary;
  const bytes = await readFile(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const version = await versionOf(path, sha256);
  cached = {
    path,
    size: found.size,
    modifiedMs: found.mtimeMs,
    binary: { bytes, sha256, version, modifiedAt: found.mtime },
  };
  return cached.binary;
}

/** Null for another executable than the one the checksum file was written for. */
async function versionOf(path: string, sha256: string): Promise<string | null> {
  const text = await readFile(`${path}.sha256`, "utf8").catch(() => "");
  if (!text.toLowerCase().includes(sha256)) return null;
  return /^# version (\S{1,50})\s*$/m.exec(text)?.[1] ?? null;
}
