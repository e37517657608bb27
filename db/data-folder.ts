import { mkdir, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Makes the data folder for this account alone, whichever program comes first. A folder that is there keeps its mode,
 * since it may be a mounted volume. Folders above it get the usual mode: they hold nothing of ours.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory()) throw error;
  }
}
