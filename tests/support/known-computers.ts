import { flushActivity, type SeenComputer } from "@/db/queries/events/flush-activity";
import { nameKey } from "@/lib/domain/events/wire";
import type { TestCompany } from "./stored-events";

type KnownComputer = Pick<SeenComputer, "name" | "lastAt"> & Partial<SeenComputer> & { site?: number };

/** What a health check tells of a computer; `lastAt` is the last word, epoch milliseconds. */
export function seenComputer(company: TestCompany, { site = 0, ...computer }: KnownComputer): SeenComputer {
  return {
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
  };
}

/** Stores computers as health checks do. */
export async function storeComputers(
  company: TestCompany,
  computers: readonly KnownComputer[],
): Promise<void> {
  const seen = computers.map((computer) => seenComputer(company, computer));
  await flushActivity([], [], seen);
}
