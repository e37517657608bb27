import { existsSync, readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import path from "node:path";

/**
 * The bundle of a thread's program, which stands beside server.mjs; null where only pages were built, and in development
 * and unit tests.
 */
export function threadProgram(name: string): string | null {
  const program = path.join(/* turbopackIgnore: true */ process.cwd(), "dist", `${name}.mjs`);
  return existsSync(program) ? program : null;
}

/** Linux counts threads as processes: the calling one alone steps behind the one that answers requests. */
export function stepBehind(): void {
  try {
    setPriority(Number(path.basename(readlinkSync("/proc/thread-self"))), 10);
  } catch {
    // Elsewhere the two stand side by side.
  }
}
