import { readFileSync } from "node:fs";
import { AppError } from "./errors";

/** The file that a setting names. @throws AppError `invalid` that names the setting and what is wrong with its file. */
export function readConfigured(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "does not exist" : "cannot be read";
    throw new AppError("invalid", `${setting} (${file}) ${reason}.`);
  }
}

/** What `read` makes of the file's content. @throws AppError `invalid` that never tells what is in the file. */
export function understood<T>(setting: string, file: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new AppError("invalid", `${setting} (${file}) does not hold ${expected}.`);
  }
}
