import { findCompany } from "@/db/queries/companies/company";
import { listFleet, lockFleetMemory, type FleetRow } from "@/db/queries/detections/fleet";
import { writeMemories } from "@/db/queries/detections/memories";
import { listRuleSettings } from "@/db/queries/detections/settings";
import { writeAlerts } from "@/db/queries/detections/write-alerts";
import { listFleetCompanies } from "@/db/queries/global/fleet-companies";
import { operatorScope, writeWithin } from "@/db/scope";
import { agentSilenced } from "@/lib/domain/detections/agent-silenced";
import { judgeFleet, type FleetComputer, type FleetMemory } from "@/lib/domain/detections/judge-fleet";
import { settingsOf } from "@/lib/domain/detections/rules";
import { logger } from "@/lib/logger";
import type { Job } from "../jobs/job";
import { readExceptions } from "./read-exceptions";
import { tellAlerts } from "./tell-alerts";

const NAME = "watch-agents";
const DAY_MS = 86_400_000;
/** Longer than any computer may be silent and still be told of. */
const SEEN_MS = 9 * DAY_MS;
/** Seen so recently it is silent by no rule. */
const QUIET_MS = 15 * 60_000;

export const watchAgentsJob: Job = {
  name: NAME,
  title: "Agent watch",
  purpose: "Asks the rules about agents that fell silent, clocks that were moved and events that were lost.",
  lane: NAME,
  isFrequent: true,
  schedule: () => ({ kind: "every", minutes: 1 }),
  run: (signal) => watchAgents(signal),
};

/** Looks once at the computers of every company. One that cannot be looked at does not keep the others waiting. */
export async function watchAgents(signal: AbortSignal, now: number = Date.now()): Promise<object> {
  const result = { companies: 0, alerts: 0, failed: 0 };
  for (const companyId of await listFleetCompanies(new Date(now - SEEN_MS))) {
    if (signal.aborted) break;
    try {
      result.alerts += await watchAgentsOf(companyId, now);
      result.companies += 1;
    } catch (error) {
      result.failed += 1;
      logger.error({ err: error, companyId }, "a company's agents could not be looked at; trying again");
    }
  }
  return result;
}

/**
 * Looks once at a company's computers; gives how many alerts opened. Alerts, notifications and what is remembered change
 * in one transaction, which holds the memory: a server that is killed has done all of it or nothing.
 */
export function watchAgentsOf(companyId: number, now: number): Promise<number> {
  const scope = operatorScope(companyId);
  return writeWithin(scope, async (tx) => {
    const memory = (await lockFleetMemory(tx, scope, NAME)) as FleetMemory | null;
    const [company, stored, exceptions, rows] = await Promise.all([
      findCompany(tx, scope),
      listRuleSettings(tx, scope),
      readExceptions(tx, scope),
      listFleet(tx, scope, new Date(now - SEEN_MS), new Date(now - QUIET_MS)),
    ]);
    if (!company) return 0;
    const asked = {
      settings: settingsOf(stored),
      exceptions,
      silentAfterMinutes: company.silentAfterMinutes,
    };
    const judged = judgeFleet(memory, rows.map(toComputer), asked, now);
    const written = await writeAlerts(tx, scope, judged.alerts);
    const fresh = judged.alerts.flatMap((alert, place) =>
      written[place]!.isNew ? [{ ...alert, id: written[place]!.id }] : [],
    );
    // Wrong clocks and lost events are told by the computer watch already.
    await tellAlerts(
      tx,
      scope,
      fresh.filter(({ rule }) => rule === agentSilenced.name),
    );
    await writeMemories(tx, scope, [{ rule: NAME, subjectKey: "company", memory: judged.memory }]);
    return fresh.length;
  });
}

function toComputer({ newestId, newestAt, ...row }: FleetRow): FleetComputer {
  return { ...row, newest: newestId === null || newestAt === null ? null : { id: newestId, at: newestAt } };
}
