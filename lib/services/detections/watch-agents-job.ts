import { findCompany } from "@/db/queries/companies/company";
import {
  findStoredComputers,
  listFleet,
  listLastWords,
  listNewestEvents,
  lockFleetMemory,
} from "@/db/queries/detections/fleet";
import { readMemories, writeMemories } from "@/db/queries/detections/memories";
import { listRuleSettings } from "@/db/queries/detections/settings";
import { writeAlerts } from "@/db/queries/detections/write-alerts";
import { listFleetCompanies } from "@/db/queries/global/fleet-companies";
import type { Transaction } from "@/db/client";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { agentSilenced } from "@/lib/domain/detections/agent-silenced";
import {
  awayIn,
  withoutGone,
  WATCH_AGENTS,
  type FleetAsked,
  type FleetComputer,
  type FleetMemory,
} from "@/lib/domain/detections/fleet-memory";
import { withProof } from "@/lib/domain/detections/fleet-proof";
import { findQuiet, judgeFleet } from "@/lib/domain/detections/judge-fleet";
import type { RuleName } from "@/lib/domain/detections/rule";
import { findRule, FLEET_RULES, settingsOf } from "@/lib/domain/detections/rules";
import { THROTTLE, throttleKey, type DayMemory } from "@/lib/domain/detections/throttle";
import { ianaZone, localDateOf, type LocalDate } from "@/lib/domain/zones";
import type { Job } from "../jobs/job";
import { readExceptions } from "./read-exceptions";
import { readSettings } from "../settings/read-settings";
import { forEachCompany, Looks } from "../jobs/companies-failed";
import { tellAlerts } from "./tell-alerts";
import { tellThrottled } from "./tell-throttled";

/** Longer than any silence that is still reported: the rule's longest, a day, and an hour to spare. */
const SEEN_MINUTES = agentSilenced.parameters.find(({ name }) => name === "minutes")!.most + 25 * 60;

export const watchAgentsJob: Job = {
  name: WATCH_AGENTS,
  title: { key: "jobs.agentWatch" },
  purpose: { key: "jobs.agentWatchNote" },
  lane: WATCH_AGENTS,
  isFrequent: true,
  schedule: () => ({ kind: "every", minutes: 1 }),
  run: (signal) => watchAgents(signal),
};

/**
 * Looks once at the computers of every company. One that cannot be looked at does not keep the others waiting. @throws
 * PartlyFailed at the end where it failed for some.
 */
export async function watchAgents(signal: AbortSignal, now: number = Date.now()): Promise<object> {
  const result = { companies: 0, alerts: 0 };
  const companies = await listFleetCompanies(new Date(now), SEEN_MINUTES);
  const looks = new Looks();
  await looks.count(
    forEachCompany(companies, async (companyId) => {
      if (signal.aborted) return;
      result.alerts += await watchAgentsOf(companyId, now);
      result.companies += 1;
    }),
  );
  return looks.end(result);
}

/**
 * Looks once at a company's computers; gives how many alerts opened. Alerts, notifications and what is remembered change
 * in one transaction, which holds the memory: a server that is killed has done all of it or nothing.
 */
export async function watchAgentsOf(companyId: number, now: number): Promise<number> {
  const scope = operatorScope(companyId);
  const { timeZone } = await readSettings();
  return writeWithin(scope, async (tx) => {
    const known = (await lockFleetMemory(tx, scope, WATCH_AGENTS)) as FleetMemory | null;
    const asked = await readAsked(tx, scope, now, timeZone);
    if (!asked) return 0;
    const { days, today } = asked;
    const held = new Map([...days].map(([rule, day]) => [rule, day.held]));
    // Without health checks, the company's own patience counts if it is longer.
    const seenMinutes = Math.max(SEEN_MINUTES, asked.silentAfterMinutes + 25 * 60);
    const [since, sinceWithoutHealth] = [SEEN_MINUTES, seenMinutes].map(
      (minutes) => new Date(now - minutes * 60_000),
    );
    const computers = await listFleet(tx, scope, since!, sinceWithoutHealth!);
    const memory = known && (await forgetGone(tx, scope, known, computers));
    const lastWords = await listLastWords(tx, scope, findQuiet(memory, computers, asked, now));
    const judged = judgeFleet(memory, computers, asked, now, lastWords);
    const provedBy = new Set(judged.alerts.flatMap((draft) => draft.provedBy));
    const newest = await listNewestEvents(tx, scope, [...provedBy]);
    const alerts = judged.alerts.map((draft) => withProof(draft, newest));
    const written = await writeAlerts(tx, scope, alerts);
    const fresh = alerts.flatMap((alert, place) =>
      written[place]!.isNew ? [{ ...alert, id: written[place]!.id }] : [],
    );
    await tellAlerts(
      tx,
      scope,
      fresh.filter(({ rule }) => !findRule(rule)!.toldBy),
    );
    const over = [...days].filter(([rule, day]) => day.held > held.get(rule)!);
    await tellThrottled(
      tx,
      scope,
      over.map(([rule]) => throttleKey(rule, today)),
    );
    await writeMemories(tx, scope, [
      { rule: WATCH_AGENTS, subjectKey: "company", memory: judged.memory },
      ...[...days].map(([rule, memory]) => ({
        rule: THROTTLE,
        subjectKey: throttleKey(rule, today),
        memory,
      })),
    ]);
    return fresh.length;
  });
}

/** The memory without computers that were deleted since. */
async function forgetGone(
  tx: Transaction,
  scope: CompanyWriteScope,
  memory: FleetMemory,
  computers: readonly FleetComputer[],
): Promise<FleetMemory> {
  const away = awayIn(memory, computers);
  const stored = await findStoredComputers(tx, scope, away);
  return withoutGone(memory, new Set(away.filter((id) => !stored.has(id))));
}

/** What the company asks of its computers; null if it is gone. `timeZone` is that of companies without one. */
async function readAsked(
  tx: Transaction,
  scope: CompanyWriteScope,
  now: number,
  timeZone: string,
): Promise<FleetAsked | null> {
  const [company, stored, exceptions] = await Promise.all([
    findCompany(tx, scope),
    listRuleSettings(tx, scope),
    readExceptions(tx, scope),
  ]);
  if (!company) return null;
  const today = localDateOf(now, ianaZone(company.timeZone ?? timeZone));
  const days = await readDays(tx, scope, today);
  const { silentAfterMinutes } = company;
  return { settings: settingsOf(stored), exceptions, silentAfterMinutes, today, days };
}

/** How many alerts each of the rules has opened and kept back on the company's day. */
async function readDays(
  tx: Transaction,
  scope: CompanyWriteScope,
  today: LocalDate,
): Promise<Map<RuleName, DayMemory>> {
  const keys = FLEET_RULES.map(({ name }) => [name, throttleKey(name, today)] as const);
  const wanted = keys.map(([, subjectKey]) => ({ rule: THROTTLE, subjectKey }));
  const stored = new Map(
    (await readMemories(tx, scope, wanted)).map(({ subjectKey, memory }) => [
      subjectKey,
      memory as DayMemory,
    ]),
  );
  return new Map(keys.map(([name, key]) => [name, stored.get(key) ?? { opened: 0, held: 0 }]));
}
