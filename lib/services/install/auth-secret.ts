import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * AUTH_SECRET from the environment, else the one kept in the data folder, made on first use and readable by its
 * owner only. Losing it ends every session and makes stored API keys unreadable (agents' keys still work).
 */
export async function ensureAuthSecret(dataDir: string): Promise<string> {
  if (process.env.AUTH_SECRET) return process.env.AUTH_SECRET;
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, "auth-secret");
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(randomBytes(33).toString("base64"));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const secret = (await readFile(path, "utf8")).trim();
  if (secret.length < 32)
    throw new Error(`${path} is damaged: restore it from a backup, or set AUTH_SECRET.`);
  return secret;
}
