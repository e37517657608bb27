import type { Entry, Run } from "./burst-memory";
import { LATE_MS } from "./burst-memory";
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
  isTold: boolean;
}

interface Success {
  id: number;
  at: number;
  receivedAt: number;
  computerId: number;
  siteId: number;
}

/** The same, short: it is written with every logon. */
type ShortSuccess = [id: number, at: number, receivedAt: number, computerId: number, siteId: number];

/** What the rule remembers of an account. */
export interface GuessedMemory {
  suspicions: Suspicion[];
  successes: ShortSuccess[];
  /** When the reported guess happened, so that a guess found by two rules is reported once. */
  toldAt: number[];
}

export interface Guessed {
  suspicion: Suspicion;
  success: Success;
  isLate: boolean;
}

export function newGuessedMemory(): GuessedMemory {
  return { suspicions: [], successes: [], toldAt: [] };
}

/** A start of a session of the account. */
export function takeSuccess(memory: GuessedMemory, values: RuleValues, event: SeenEvent): Guessed | null {
  const { id, at, receivedAt, computerId, siteId } = event;
  forget(memory, values, receivedAt);
  memory.successes = [...memory.successes, [id, at, receivedAt, computerId, siteId] as ShortSuccess].slice(
    -MOST,
  );
  return findGuessed(memory, values, receivedAt);
}

/** Failed logons of the account that joined a run of another rule. */
export function takeSuspicion(
  memory: GuessedMemory,
  values: RuleValues,
  source: { rule: RuleName; subjectKey: string; threshold: number; run: Run },
  entries: readonly Entry[],
  receivedAt: number,
): Guessed | null {
  forget(memory, values, receivedAt);
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
      isTold: false,
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

function longSuccess([id, at, receivedAt, computerId, siteId]: ShortSuccess): Success {
  return { id, at, receivedAt, computerId, siteId };
}

function forget(memory: GuessedMemory, { minutes }: RuleValues, receivedAt: number): void {
  const before = receivedAt - minutes! * MINUTE - REMEMBER_MS;
  memory.suspicions = memory.suspicions.filter((one) => one.receivedAt >= before);
  memory.successes = memory.successes.filter((one) => Array.isArray(one) && one[2] >= before);
}

function findGuessed(memory: GuessedMemory, { minutes }: RuleValues, receivedAt: number): Guessed | null {
  const withinMs = minutes! * MINUTE;
  for (const suspicion of memory.suspicions) {
    if (suspicion.isTold) continue;
    const from = Math.max(suspicion.sinceAt, suspicion.firstAt);
    const success = memory.successes
      .map(longSuccess)
      .filter(({ at }) => at >= from && at <= suspicion.lastAt + withinMs)
      .toSorted((a, b) => a.at - b.at || a.id - b.id)[0];
    if (!success) continue;
    suspicion.isTold = true;
    if (memory.toldAt.some((at) => Math.abs(at - success.at) <= withinMs)) continue;
    memory.toldAt = [...memory.toldAt, success.at].slice(-MOST);
    return { suspicion, success, isLate: receivedAt - success.at > LATE_MS };
  }
  return null;
}
