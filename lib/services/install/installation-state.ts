import { processState } from "@/lib/process-state";

interface OpenInstallation {
  /** Runs its own PostgreSQL. */
  isEmbedded: boolean;
  /** Epoch milliseconds. */
  openedAt: number;
}

/** What this process has open; `opened` is absent before and without openInstallation(). */
export const installationState = processState("installation", (): { opened?: OpenInstallation } => ({}));
