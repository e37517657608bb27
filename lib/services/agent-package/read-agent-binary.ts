import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { env } from "@/lib/env";

export const AGENT_FILE = "winagentUSM.exe";

export interface AgentBinary {
  bytes: Uint8Array;
  /** SHA-256, hex. */
  sha256: string;
  modifiedAt: Date;
}

let cached: { path: string; size: number; modifiedMs: number; binary: AgentBinary } | undefined;

/** The Windows agent from AGENT_DIR (default `agent/dist`), read again when the file changes; null when it is not there. */
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
  cached = {
    path,
    size: found.size,
    modifiedMs: found.mtimeMs,
    binary: { bytes, sha256, modifiedAt: found.mtime },
  };
  return cached.binary;
}
