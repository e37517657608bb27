import { processState } from "@/lib/process-state";
import type { FirstStart } from "./seed-installation";

interface OpenInstallation {
  /** Runs its own PostgreSQL. */
  isEmbedded: boolean;
  /** Epoch milliseconds. */
  openedAt: number;
}

interface InstallationState {
  /** What this process has open; absent before and without openInstallation(). */
  opened?: OpenInstallation;
  /** What this process seeded and alone can tell the operator, and hasn't yet. */
  untold?: FirstStart | undefined;
}

export const installationState = processState("installation", (): InstallationState => ({}));

/** What is still to be told of the first start, once: the caller prints it. */
export function takeUntold(): FirstStart | null {
  const { untold } = installationState;
  installationState.untold = undefined;
  return untold ?? null;
}
