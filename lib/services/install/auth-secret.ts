import { readFile } from "node:fs/promises";
import { makeDataFolder } from "@/db/data-folder";
import { LEAST_SECRET_LENGTH } from "@/lib/env";
import { messageOf } from "@/lib/error-text";
import { followedSecretFolder, followSecretFiles, secretFiles } from "@/lib/secrets-in-force";
import { makeFirstSecret } from "../secrets/secret-rotation-files";

/**
 * Puts the secrets in force: AUTH_SECRET from the environment, else the one kept in the data folder, made on first use
 * and readable by its owner only. A secret that is lost ends every session and makes stored API keys unreadable
 * (agents' keys still work).
 */
export async function settleAuthSecret(dataDir: string): Promise<void> {
  if (process.env.AUTH_SECRET && followedSecretFolder() === null) return;
  await makeDataFolder(dataDir).catch((error: unknown) => {
    throw new Error(`Can't make the folder ${dataDir} of DATA_DIR: ${messageOf(error)}`, { cause: error });
  });
  await makeFirstSecret(dataDir);
  const path = secretFiles(dataDir).current;
  const secret = (await readFile(path, "utf8")).trim();
  if (secret.length < LEAST_SECRET_LENGTH)
    throw new Error(
      `${path} is ${secret === "" ? "empty" : "damaged"}: restore it from a backup, or set AUTH_SECRET. If this ` +
        "installation has never started, delete the file.",
    );
  followSecretFiles(dataDir);
}
