import {
  hasAgentPackage,
  hasComputerBefore,
  listNewestComputers,
  type NewestComputer,
} from "@/db/queries/fleet/newest-computers";
import { readWithin, type CompanyScope } from "@/db/scope";

/** A company is new until its first computer has been there for this long. */
const NEW_MILLISECONDS = 3_600_000;
const NEWCOMERS = 5;

export interface Newcomer {
  companyId: number;
  id: number;
  name: string;
  siteName: string | null;
  agentVersion: string | null;
  /** Epoch milliseconds. */
  firstSeenAt: number;
}

/** The five computers that came last, newest first. */
export async function readNewcomers(scope: CompanyScope): Promise<Newcomer[]> {
  return (await readWithin(scope, (tx) => listNewestComputers(tx, scope, NEWCOMERS))).map(newcomer);
}

/** How far the first steps have come; null once they are history: a computer was there an hour ago. */
export async function readFirstSteps(
  scope: CompanyScope,
  now: number = Date.now(),
): Promise<{ hasPackage: boolean; computers: Newcomer[] } | null> {
  return readWithin(scope, async (tx) => {
    if (await hasComputerBefore(tx, scope, new Date(now - NEW_MILLISECONDS))) return null;
    const computers = (await listNewestComputers(tx, scope, NEWCOMERS)).map(newcomer);
    return { computers, hasPackage: computers.length > 0 || (await hasAgentPackage(tx, scope)) };
  });
}

function newcomer(row: NewestComputer): Newcomer {
  return {
    companyId: row.company_id,
    id: row.id,
    name: row.name,
    siteName: row.site_name,
    agentVersion: row.agent_version,
    firstSeenAt: Number(row.first_ms),
  };
}
