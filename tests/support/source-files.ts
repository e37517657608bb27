import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const PRODUCT_FOLDERS = ["app", "components", "db", "lib", "scripts"];

/** The code below the folders as text, by path with forward slashes. */
export function sourceFiles(folders: readonly string[]): Map<string, string> {
  return new Map(
    folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(tsx?|mjs)$/.test(name))
        .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")))
        .map((name) => [name, readFileSync(name, "utf8")] as const),
    ),
  );
}
