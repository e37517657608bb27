import { agentSilenced } from "./agent-silenced";
import { computerKey, memoryKey, type AlertDraft } from "./alert-draft";
import { clockMoved } from "./clock-moved";
import { eventsLost } from "./events-lost";
import { isExcepted } from "./exception";
import {
  noteAhead,
  type FleetAsked,
  type FleetComputer,
  type FleetMemory,
  type LastWord,
  type LostRun,
  type QuietComputer,
} from "./fleet-memory";
import type { FleetDraft } from "./fleet-proof";
import type { Rule } from "./rule";
import { mayOpenOn } from "./throttle";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A longer gap between two checks means that the servers were down and no agent could report. */
const GAP_MS = 10 * MINUTE;
/** How long agents get to report again after a gap before silence counts. */
const GRACE_MS = 15 * MINUTE;
/** A computer seen within this time, or within half the silence limit if that is shorter, counts as reporting. */
const REPORTING_MS = 30 * MINUTE;
/** A clock is right again when it is well within what is tolerated, so that one at the edge is told once. */
const SETTLED_MS = MINUTE;

/** What a check of a computer is based on. */
interface Look {
  memory: FleetMemory | null;
  /** What is remembered until the next look. */
  next: FleetMemory;
  asked: FleetAsked;
  now: number;
  /** Those that report, by site. */
  reporting: ReadonlyMap<number | null, readonly FleetComputer[]>;
}

/**
 * The computers that are to be reported silent unless their events explain it: only of these does `judgeFleet`, which
 * takes the same arguments, need the last words.
 */
export function findQuiet(
  memory: FleetMemory | null,
  computers: readonly FleetComputer[],
  asked: FleetAsked,
  now: number,
): QuietComputer[] {
  const look = beginLook(memory, computers, asked, now);
  const quiet = computers.filter((computer) => isQuiet(computer, look));
  return quiet.map(({ id }) => ({ id, wasAhead: look.next.ahead?.[id] !== undefined }));
}

/**
 * Looks at a company's computers once: the alerts that opened or grew, and what to remember. `memory` is null at the first
 * look. `lastWords` has those that `findQuiet` names; of a quiet one that it lacks nothing is said.
 */
export function judgeFleet(
  memory: FleetMemory | null,
  computers: readonly FleetComputer[],
  asked: FleetAsked,
  now: number,
  lastWords: ReadonlyMap<number, LastWord>,
): { alerts: FleetDraft[]; memory: FleetMemory } {
  const look = beginLook(memory, computers, asked, now);
  const alerts = computers.flatMap((computer) => [
    judgeSilence(computer, look, lastWords.get(computer.id)),
    judgeClock(computer, look),
    judgeLost(computer, look),
  ]);
  return { alerts: alerts.filter((alert) => alert !== null), memory: look.next };
}

function beginLook(
  memory: FleetMemory | null,
  computers: readonly FleetComputer[],
  asked: FleetAsked,
  now: number,
): Look {
  const isGap = memory !== null && now - memory.lookedAt > GAP_MS;
  const watchingSince = isGap ? now : (memory?.watchingSince ?? 0);
  // A computer that is away for long comes back with the count and the wrong clock it had.
  const [lost, clocks] = [{ ...memory?.lost }, { ...memory?.clocks }];
  const ahead = noteAhead(memory, computers, now);
  const held = Object.fromEntries(
    Object.entries(memory?.held ?? {}).filter(([, day]) => day === asked.today),
  );
  const next: FleetMemory = {
    lookedAt: now,
    watchingSince,
    lost,
    lostRuns: {},
    clocks,
    silent: {},
    ahead,
    held,
  };
  const { minutes } = asked.settings[agentSilenced.name].values;
  const reportingMs = Math.min(REPORTING_MS, (minutes! * MINUTE) / 2);
  const reporting = bySite(computers.filter((computer) => now - heardAt(computer, next) <= reportingMs));
  return { memory, next, asked, now, reporting };
}

/** When the computer was last heard: by its own clock, or by the server's where that was ahead. */
const heardAt = ({ id, lastSeenAt }: FleetComputer, { ahead }: FleetMemory) =>
  ahead?.[id]?.heardAt ?? lastSeenAt;

function bySite(computers: readonly FleetComputer[]): Look["reporting"] {
  const sites = new Map<number | null, FleetComputer[]>();
  for (const computer of computers) {
    const own = sites.get(computer.siteId);
    if (own) own.push(computer);
    else sites.set(computer.siteId, [computer]);
  }
  return sites;
}

/** After how many minutes the silence of a computer counts. */
function patienceWith({ lastHealthAt }: FleetComputer, { settings, silentAfterMinutes }: FleetAsked): number {
  const minutes = settings[agentSilenced.name].values.minutes!;
  return lastHealthAt === null ? Math.max(minutes, silentAfterMinutes) : minutes;
}

/** Whether the silence counts, is due, was not told, and is the computer's own. */
function isQuiet(computer: FleetComputer, { memory, next, asked, now, reporting }: Look): boolean {
  const heard = heardAt(computer, next);
  const patienceMs = patienceWith(computer, asked) * MINUTE;
  const silentMs = now - heard;
  // What fell silent more than a day before it could be told is history.
  if (silentMs < patienceMs || silentMs > patienceMs + DAY || memory?.silent[computer.id] === heard)
    return false;
  if (!counts(agentSilenced, computer, asked, heard + patienceMs)) return false;
  const others = reporting.get(computer.siteId) ?? [];
  const { threshold } = asked.settings[agentSilenced.name].values;
  return now - next.watchingSince >= GRACE_MS && others.length >= threshold!;
}

function judgeSilence(computer: FleetComputer, look: Look, word: LastWord | undefined): FleetDraft | null {
  const { memory, next, asked, now } = look;
  const { id, siteId } = computer;
  const told = memory?.silent[id];
  if (told !== undefined && told === heardAt(computer, next)) next.silent[id] = told;
  if (!isQuiet(computer, look) || !word || word.isOff) return null;
  const ahead = next.ahead?.[id];
  // Events with a clock that is right again don't show in a time that is still to come.
  if (ahead) ahead.heardAt = Math.max(ahead.heardAt, Math.min(word.rightAt ?? 0, now));
  if (!isQuiet(computer, look)) return null;
  const heard = heardAt(computer, next);
  const patience = patienceWith(computer, asked);
  const others = look.reporting.get(siteId)!;
  const draft = draftOf(agentSilenced, computer, {
    key: heard,
    firstAt: heard,
    sinceAt: heard + patience * MINUTE,
    lastAt: now,
    count: others.length,
    threshold: asked.settings[agentSilenced.name].values.threshold!,
    windowMinutes: patience,
    provedBy: [id, ...others.slice(0, 5).map((one) => one.id)],
  });
  if (!mayOpen(draft, look)) return null;
  next.silent[id] = heard;
  return draft;
}

function judgeClock(computer: FleetComputer, look: Look): FleetDraft | null {
  const { memory, next, asked, now } = look;
  const { minutes } = asked.settings[clockMoved.name].values;
  const { id, clockSkewMs } = computer;
  const offMs = Math.abs(clockSkewMs ?? 0);
  const told = memory?.clocks[id];
  if (told !== undefined) {
    if (offMs < minutes! * MINUTE - SETTLED_MS) delete next.clocks[id];
    return null;
  }
  if (offMs <= minutes! * MINUTE || now - heardAt(computer, next) > DAY) return null;
  if (!counts(clockMoved, computer, asked, now)) return null;
  const draft = draftOf(clockMoved, computer, {
    key: now,
    firstAt: now,
    sinceAt: now,
    lastAt: now,
    count: 1,
    threshold: 1,
    windowMinutes: minutes!,
    provedBy: [id],
    compared: { aheadMs: clockSkewMs!, limit: minutes! },
  });
  if (!mayOpen(draft, look)) return null;
  next.clocks[id] = now;
  return draft;
}

/** What was given up since it was last known. */
function newlyLost({ id, lost, firstSeenAt }: FleetComputer, { memory, now }: Look): number {
  const isHistory = memory === null && now - firstSeenAt >= DAY;
  const known = memory?.lost[id] ?? (isHistory ? lost : 0);
  // A lower count than before is a new installation's.
  return known > lost ? lost : lost - known;
}

/** The run that what is newly lost still belongs to. */
function lastRun(id: number, { memory, now }: Look): LostRun | null {
  const last = memory?.lostRuns[id];
  return last && now - last.lastAt <= DAY ? last : null;
}

/** Counts what was newly lost. The run that has grown by it, or has no alert yet; null for none. */
function countLost(computer: FleetComputer, look: Look): LostRun | null {
  const { next, asked, now } = look;
  const { id, lost } = computer;
  const run = lastRun(id, look);
  if (!counts(eventsLost, computer, asked, now)) {
    if (lost > 0) next.lost[id] = lost;
    if (run && !run.isHeld) next.lostRuns[id] = run;
    return null;
  }
  if (run) next.lostRuns[id] = run;
  const more = newlyLost(computer, look);
  // Too few by themselves count with those to come.
  const isEnough = more > 0 && (run !== null || more >= asked.settings[eventsLost.name].values.threshold!);
  if (lost > 0) next.lost[id] = isEnough ? lost : lost - more;
  if (!isEnough) return run?.isHeld ? run : null;
  const { key, count, isHeld } = run ?? { key: now, count: 0, isHeld: true };
  return { key, lastAt: now, count: count + more, isHeld };
}

function judgeLost(computer: FleetComputer, look: Look): FleetDraft | null {
  const run = countLost(computer, look);
  if (!run) return null;
  const draft = lostDraft(computer, run, look.asked.settings[eventsLost.name].values.threshold!);
  const isHeld = run.isHeld === true && !mayOpen(draft, look);
  look.next.lostRuns[computer.id] = { ...run, isHeld };
  return isHeld ? null : draft;
}

function lostDraft(computer: FleetComputer, { key, lastAt, count }: LostRun, threshold: number): FleetDraft {
  return draftOf(eventsLost, computer, {
    key,
    firstAt: key,
    sinceAt: key,
    lastAt,
    count,
    threshold,
    windowMinutes: DAY / MINUTE,
    provedBy: [],
  });
}

/** Whether the rule is on and doesn't except the computer at the instant. */
function counts(
  { name }: Rule,
  { id, siteId }: FleetComputer,
  { settings, exceptions }: FleetAsked,
  at: number,
): boolean {
  const subject = { at, accountId: 0, address: null, computerId: id, siteId: siteId ?? 0 };
  return settings[name].isOn && !isExcepted(exceptions, name, subject);
}

/** Whether the alert may open, or its rule has made too many on the day. What is kept back is asked again, and counts once. */
function mayOpen({ rule, subjectKey }: AlertDraft, { next, asked: { days, today } }: Look): boolean {
  const name = memoryKey(rule, subjectKey);
  next.held ??= {};
  if (next.held[name] === today) return false;
  if (mayOpenOn(days.get(rule)!)) return true;
  next.held[name] = today;
  return false;
}

type Found = Pick<
  FleetDraft,
  "key" | "firstAt" | "sinceAt" | "lastAt" | "count" | "threshold" | "windowMinutes" | "provedBy"
> &
  Partial<Pick<AlertDraft, "compared">>;

function draftOf(rule: Rule, { id, siteId }: FleetComputer, found: Found): FleetDraft {
  return {
    rule: rule.name,
    subjectKey: computerKey(id),
    severity: rule.severity,
    accountId: null,
    address: null,
    computerId: id,
    siteId,
    accountIds: [],
    computerIds: [id],
    eventIds: [],
    codes: [],
    compared: {},
    isLate: false,
    ...found,
  };
}
