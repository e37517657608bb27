import type { Entry, Run } from "./burst-memory";
import {
  forgetGuessed,
  takeGuessed,
  type GuessedAlert,
  type GuessedLogon,
  type Guesses,
} from "./guessed-alert";
import type { RuleName, RuleValues, SeenEvent } from "./rule";

const MINUTE = 60_000;
const REMEMBER_MS = 24 * 60 * MINUTE;
const MOST = 20;
const MOST_EVIDENCE = 99;

/** An account among those of a run of guesses. */
interface Suspicion {
  source: RuleName;
  /** The run's subject and key. */
  runKey: string;
  /** When the run reached its threshold. */
  sinceAt: number;
  threshold: number;
  firstAt: number;
  lastAt: number;
  receivedAt: number;
  /** Failed logons of this account in the run. */
  count: number;
  eventIds: number[];
  address: string | null;
  /** Of earlier releases, which told of the first logon alone. */
  isTold?: boolean;
}

/** Short, as it is written with every logon; the last is there once the logon belongs to an alert. */
type ShortLogon = [
  id: number,
  at: number,
  receivedAt: number,
  computerId: number,
  siteId: number,
  isInAlert?: 1,
];

/** What the rule remembers of an account. */
export interface GuessedMemory {
  suspicions: Suspicion[];
  successes: ShortLogon[];
  /** Missing in memories of earlier releases. */
  alerts?: GuessedAlert[];
  /** Of earlier releases. */
  toldAt?: number[];
}

export function newGuessedMemory(): GuessedMemory {
  return { suspicions: [], successes: [], alerts: [] };
}

/** A start of a session of the account. Gives the alerts that opened or grew by it. */
export function takeSuccess(memory: GuessedMemory, values: RuleValues, event: SeenEvent): GuessedAlert[] {
  const { id, at, receivedAt, computerId, siteId } = event;
  begin(memory, values, receivedAt);
  const logon: ShortLogon = [id, at, receivedAt, computerId, siteId];
  memory.successes = [...memory.successes, logon].slice(-MOST);
  return findGuessed(memory, values, receivedAt);
}

/** Failed logons of the account that joined a run of another rule. Gives the alerts that opened or grew by them. */
export function takeSuspicion(
  memory: GuessedMemory,
  values: RuleValues,
  source: { rule: RuleName; subjectKey: string; threshold: number; run: Run },
  entries: readonly Entry[],
  receivedAt: number,
): GuessedAlert[] {
  begin(memory, values, receivedAt);
  const runKey = `${source.subjectKey} ${source.run.key}`;
  let suspicion = memory.suspicions.find((one) => one.source === source.rule && one.runKey === runKey);
  if (!suspicion) {
    suspicion = {
      source: source.rule,
      runKey,
      sinceAt: source.run.sinceAt,
      threshold: source.threshold,
      firstAt: entries[0]!.at,
      lastAt: entries[0]!.at,
      receivedAt,
      count: 0,
      eventIds: [],
      address: entries[0]!.address,
    };
    memory.suspicions = [...memory.suspicions, suspicion].slice(-MOST);
  }
  for (const entry of entries) {
    suspicion.firstAt = Math.min(suspicion.firstAt, entry.at);
    suspicion.lastAt = Math.max(suspicion.lastAt, entry.at);
    suspicion.count += 1;
    if (suspicion.eventIds.length < MOST_EVIDENCE) suspicion.eventIds.push(entry.id);
    if (suspicion.address !== entry.address) suspicion.address = null;
  }
  suspicion.receivedAt = receivedAt;
  return findGuessed(memory, values, receivedAt);
}

/** Forgets what is too old, and puts a memory of an earlier release in order. */
function begin(memory: GuessedMemory, { minutes }: RuleValues, receivedAt: number): void {
  const withinMs = minutes! * MINUTE;
  const before = receivedAt - withinMs - REMEMBER_MS;
  memory.suspicions = memory.suspicions.filter((one) => one.receivedAt >= before);
  memory.successes = memory.successes.filter((one) => Array.isArray(one) && one[2] >= before);
  if (!memory.alerts) {
    const told = memory.suspicions.filter(({ isTold }) => isTold);
    for (const logon of memory.successes)
      if (told.some((one) => covers(one, logon[1], withinMs))) logon[5] = 1;
    delete memory.toldAt;
  }
  memory.alerts = forgetGuessed(memory.alerts ?? [], before);
}

/** Whether a logon at the time follows the guesses: from the run's threshold on, and soon after the account's last one. */
function covers({ sinceAt, firstAt, lastAt }: Suspicion, at: number, withinMs: number): boolean {
  return at >= Math.max(sinceAt, firstAt) && at <= lastAt + withinMs;
}

/** Takes the logons that follow guesses and belong to no alert yet into alerts, by time and then order stored. */
function findGuessed(memory: GuessedMemory, { minutes }: RuleValues, receivedAt: number): GuessedAlert[] {
  const withinMs = minutes! * MINUTE;
  const changed = new Set<GuessedAlert>();
  const waiting = memory.successes
    .filter((logon) => !logon[5])
    .toSorted((a, b) => a[1] - b[1] || a[0] - b[0]);
  for (const short of waiting) {
    const logon = longLogon(short);
    const guesses = memory.suspicions.filter((one) => covers(one, logon.at, withinMs)).map(guessesOf);
    if (guesses.length === 0) continue;
    short[5] = 1;
    changed.add(takeGuessed(memory.alerts!, guesses, logon, { withinMs, foundAt: receivedAt }));
  }
  return [...changed];
}

function longLogon([id, at, , computerId, siteId]: ShortLogon): GuessedLogon {
  return { id, at, computerId, siteId };
}

/** A copy, as the suspicion grows on. */
function guessesOf({ source, runKey, threshold, firstAt, count, eventIds, address }: Suspicion): Guesses {
  return { run: `${source} ${runKey}`, threshold, firstAt, count, eventIds: [...eventIds], address };
}
