import { statfs } from "node:fs/promises";
import { env } from "@/lib/env";

/** Room on the disk of the data folder; null where there is no such folder. */
export async function readDataFolder(): Promise<{
  path: string;
  freeBytes: number;
  totalBytes: number;
} | null> {
  const path = env().DATA_DIR;
  const found = await statfs(path).catch(() => null);
  if (!found) return null;
  return { path, freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
}
