import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const PRODUCT_FOLDERS = ["app", "components", "db", "lib", "scripts"];

/** The code below the folders as text, by path with forward slashes. @throws when a folder has none: a scan would pass. */
export function sourceFiles(folders: readonly string[]): Map<string, string> {
  return new Map(
    folders.flatMap((folder) => {
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(tsx?|mjs)$/.test(name))
        .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")));
      if (names.length === 0) throw new Error(`${folder} has no code to look at`);
      return names.map((name) => [name, readFileSync(name, "utf8")] as const);
    }),
  );
}
