import { flushActivity, type SeenComputer } from "@/db/queries/events/flush-activity";
import { nameKey } from "@/lib/domain/events/wire";
import type { TestCompany } from "./stored-events";

/** Stores computers as health checks do; `lastAt` is the last word, epoch milliseconds. */
export async function storeComputers(
  company: TestCompany,
  computers: readonly (Pick<SeenComputer, "name" | "lastAt"> & Partial<SeenComputer> & { site?: number })[],
): Promise<void> {
  const seen = computers.map(({ site = 0, ...computer }): SeenComputer => ({
    scope: company.scope,
    siteId: company.siteIds[site]!,
    nameKey: nameKey(computer.name),
    firstAt: computer.lastAt,
    healthAt: computer.lastAt,
    localIp: null,
    publicIp: null,
    agentVersion: null,
    spoolLength: null,
    droppedFailures: null,
    droppedSessions: null,
    clockSkewMs: null,
    ...computer,
  }));
  await flushActivity([], [], seen);
}
