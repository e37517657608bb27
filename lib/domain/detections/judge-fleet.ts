import { agentSilenced } from "./agent-silenced";
import { computerKey, type AlertDraft } from "./alert-draft";
import { clockMoved } from "./clock-moved";
import { eventsLost } from "./events-lost";
import { isExcepted, type RuleException } from "./exception";
import type { Rule, RuleName } from "./rule";
import type { AllSettings } from "./rules";
import { mayOpenOn, type DayMemory } from "./throttle";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A longer gap between two checks means that the servers were down and no agent could report. */
const GAP_MS = 10 * MINUTE;
/** How long agents get to report again after a gap before silence counts. */
const GRACE_MS = 15 * MINUTE;
/** Whoever was seen so recently reports. A shorter patience halves it, so that what fell silent together does not. */
const REPORTING_MS = 30 * MINUTE;
/** A clock is right again when it is well within what is tolerated, so that one at the edge is told once. */
const SETTLED_MS = MINUTE;

/** A computer as its agent reports it. Times in epoch milliseconds. */
export interface FleetComputer {
  id: number;
  siteId: number | null;
  firstSeenAt: number;
  lastSeenAt: number;
  lastHealthAt: number | null;
  clockSkewMs: number | null;
  /** Events given up since the agent was installed. */
  lost: number;
  /** The newest event that says so is a sleep or a shutdown. */
  isOff: boolean;
  /** Its newest event. */
  newest: { id: number; at: number } | null;
}

interface LostRun {
  key: number;
  lastAt: number;
  count: number;
  /** Kept back, because the rule had made too many alerts that day. */
  isHeld?: boolean | undefined;
}

/** What is remembered of a company's computers between two looks; JSON. */
export interface FleetMemory {
  lookedAt: number;
  /** Since when the servers have looked without a gap; 0 when there never was one. */
  watchingSince: number;
  /** Events given up, as last known. */
  lost: Record<string, number>;
  lostRuns: Record<string, LostRun>;
  /** Wrong clocks that already have an alert, with its key. */
  clocks: Record<string, number>;
  /** Silences that already have an alert, by when the computer was last seen. */
  silent: Record<string, number>;
}

export interface FleetAsked {
  settings: AllSettings;
  exceptions: readonly RuleException[];
  /** Minutes after which a computer without health checks counts as silent. */
  silentAfterMinutes: number;
  /** How many alerts each rule has opened on the company's present day; counted on. */
  days: ReadonlyMap<RuleName, DayMemory>;
}

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

/** Looks at a company's computers once: the alerts that opened or grew, and what to remember. `memory` is null at the first look. */
export function judgeFleet(
  memory: FleetMemory | null,
  computers: readonly FleetComputer[],
  asked: FleetAsked,
  now: number,
): { alerts: AlertDraft[]; memory: FleetMemory } {
  const isGap = memory !== null && now - memory.lookedAt > GAP_MS;
  const watchingSince = isGap ? now : (memory?.watchingSince ?? 0);
  // A computer that is away for long comes back with the count it had.
  const lost = { ...memory?.lost };
  const next: FleetMemory = { lookedAt: now, watchingSince, lost, lostRuns: {}, clocks: {}, silent: {} };
  const { minutes } = asked.settings[agentSilenced.name].values;
  const reportingMs = Math.min(REPORTING_MS, (minutes! * MINUTE) / 2);
  const reporting = bySite(computers.filter(({ lastSeenAt }) => now - lastSeenAt <= reportingMs));
  const look: Look = { memory, next, asked, now, reporting };
  const alerts = computers.flatMap((computer) => [
    judgeSilence(computer, look),
    judgeClock(computer, look),
    judgeLost(computer, look),
  ]);
  return { alerts: alerts.filter((alert) => alert !== null), memory: next };
}

function bySite(computers: readonly FleetComputer[]): Look["reporting"] {
  const sites = new Map<number | null, FleetComputer[]>();
  for (const computer of computers) {
    const own = sites.get(computer.siteId);
    if (own) own.push(computer);
    else sites.set(computer.siteId, [computer]);
  }
  return sites;
}

function judgeSilence(computer: FleetComputer, look: Look): AlertDraft | null {
  const { memory, next, asked, now } = look;
  const { minutes, threshold } = asked.settings[agentSilenced.name].values;
  const { id, siteId, lastSeenAt, lastHealthAt, isOff, newest } = computer;
  if (memory?.silent[id] === lastSeenAt) {
    next.silent[id] = lastSeenAt;
    return null;
  }
  const patience = lastHealthAt === null ? Math.max(minutes!, asked.silentAfterMinutes) : minutes!;
  const silentMs = now - lastSeenAt;
  // What fell silent more than a day before it could be told is history.
  if (isOff || silentMs < patience * MINUTE || silentMs > patience * MINUTE + DAY) return null;
  const others = look.reporting.get(siteId) ?? [];
  if (now - next.watchingSince < GRACE_MS || others.length < threshold!) return null;
  next.silent[id] = lastSeenAt;
  const proof = [newest, ...others.slice(0, 5).map((one) => one.newest)].filter((event) => event !== null);
  const draft = draftOf(agentSilenced, computer, asked, {
    key: lastSeenAt,
    firstAt: lastSeenAt,
    sinceAt: lastSeenAt + patience * MINUTE,
    lastAt: now,
    count: others.length,
    threshold: threshold!,
    windowMinutes: patience,
    eventIds: proof.map((event) => event.id),
  });
  return letThrough(draft, asked);
}

function judgeClock(computer: FleetComputer, { memory, next, asked, now }: Look): AlertDraft | null {
  const { minutes } = asked.settings[clockMoved.name].values;
  const { id, clockSkewMs, lastSeenAt, newest } = computer;
  const offMs = Math.abs(clockSkewMs ?? 0);
  const told = memory?.clocks[id];
  if (told !== undefined) {
    if (offMs >= minutes! * MINUTE - SETTLED_MS) next.clocks[id] = told;
    return null;
  }
  if (offMs <= minutes! * MINUTE || now - lastSeenAt > DAY) return null;
  next.clocks[id] = now;
  const at = newest?.at ?? now;
  const draft = draftOf(clockMoved, computer, asked, {
    key: now,
    firstAt: Math.min(now, at),
    sinceAt: now,
    lastAt: Math.max(now, at),
    count: 1,
    threshold: 1,
    windowMinutes: minutes!,
    eventIds: newest ? [newest.id] : [],
    compared: { aheadMs: clockSkewMs!, limit: minutes! },
  });
  return letThrough(draft, asked);
}

/** What was given up since it was last known. */
function newlyLost({ id, lost, firstSeenAt }: FleetComputer, { memory, now }: Look): number {
  const isHistory = memory === null && now - firstSeenAt >= DAY;
  const known = memory?.lost[id] ?? (isHistory ? lost : 0);
  // A lower count than before is a new installation's.
  return known > lost ? lost : lost - known;
}

function judgeLost(computer: FleetComputer, look: Look): AlertDraft | null {
  const { memory, next, asked, now } = look;
  const threshold = asked.settings[eventsLost.name].values.threshold!;
  const { id, lost } = computer;
  const last = memory?.lostRuns[id];
  const run = last && now - last.lastAt <= DAY ? last : null;
  if (run) next.lostRuns[id] = run;
  const more = newlyLost(computer, look);
  // Too few by themselves count with those to come.
  const isTold = more > 0 && (run !== null || more >= threshold);
  if (lost > 0) next.lost[id] = isTold ? lost : lost - more;
  if (!isTold) return null;
  const { key, count, isHeld } = run ?? { key: now, count: 0 };
  const grown: LostRun = { key, lastAt: now, count: count + more };
  next.lostRuns[id] = grown;
  const draft = lostDraft(computer, asked, grown, threshold);
  grown.isHeld = run ? isHeld : letThrough(draft, asked) === null;
  return grown.isHeld ? null : draft;
}

function lostDraft(
  computer: FleetComputer,
  asked: FleetAsked,
  { key, lastAt, count }: LostRun,
  threshold: number,
): AlertDraft | null {
  return draftOf(eventsLost, computer, asked, {
    key,
    firstAt: key,
    sinceAt: key,
    lastAt,
    count,
    threshold,
    windowMinutes: DAY / MINUTE,
    eventIds: [],
  });
}

/** The alert, unless its rule has made too many on the day. */
function letThrough(draft: AlertDraft | null, { days }: FleetAsked): AlertDraft | null {
  return draft && mayOpenOn(days.get(draft.rule)!) ? draft : null;
}

type Found = Pick<
  AlertDraft,
  "key" | "firstAt" | "sinceAt" | "lastAt" | "count" | "threshold" | "windowMinutes" | "eventIds"
> &
  Partial<Pick<AlertDraft, "compared">>;

/** null where the rule is off or the computer excepted. */
function draftOf(
  rule: Rule,
  { id, siteId }: FleetComputer,
  { settings, exceptions }: FleetAsked,
  found: Found,
): AlertDraft | null {
  const subject = { at: found.sinceAt, accountId: 0, address: null, computerId: id, siteId: siteId ?? 0 };
  if (!settings[rule.name].isOn || isExcepted(exceptions, rule.name, subject)) return null;
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
    codes: [],
    compared: {},
    isLate: false,
    ...found,
  };
}
