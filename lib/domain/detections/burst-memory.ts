import type { Finding } from "./finding";
import type { BurstRule, Compared, RuleValues, SeenEvent } from "./rule";
import { isUnknownName, unusableCodes } from "./refusals";

const MINUTE = 60_000;
/** How long after its receipt an event is remembered beyond the window, so that one that arrives late still finds it. */
const REMEMBER_MS = 24 * 60 * MINUTE;
/** Waiting events of a subject, whatever anybody sends. */
const MOST_WAITING = 300;
const MOST_RUNS = 20;
const MOST_EVIDENCE = 100;
/** Accounts, computers, and so on that a run knows by name. */
export const MOST_NAMED = 100;

/** An event that counts for a subject; short, because it is stored. */
export interface Entry {
  id: number;
  at: number;
  receivedAt: number;
  accountId: number;
  computerId: number;
  siteId: number;
  address: string | null;
  codes: string[];
  /** Refused because no account has the name; absent otherwise. */
  isUnknown?: true;
}

/** Events that belong together and reached the threshold: the subject of an alert. */
export interface Run {
  /** The id of the event that completed it, which names it for good. */
  key: number;
  /** The key of a later run's alert that this run took over, as people know that one already; absent otherwise. */
  alertKey?: number;
  firstAt: number;
  /** When it reached the threshold. */
  sinceAt: number;
  lastAt: number;
  lastReceivedAt: number;
  count: number;
  /** Its count is the most at once that any finding had, not their number; absent otherwise. */
  isPeak?: true;
  /** The first hundred. */
  eventIds: number[];
  accountIds: number[];
  computerIds: number[];
  siteIds: number[];
  addresses: string[];
  codes: string[];
  /** The event that completed it arrived more than an hour after it happened. */
  isLate: boolean;
  /** The rule has made too many alerts that day, so this burst gets none; absent until that is decided. */
  isHeld?: boolean;
  /** Of the finding that opened it. */
  compared?: Compared;
  threshold?: number;
}

/** What a burst rule remembers of a subject. */
export interface BurstMemory {
  /** Events of no run, by time and id. */
  waiting: Entry[];
  runs: Run[];
}

export interface BurstStep {
  /** The run that opened or grew; null when nothing came of the event. */
  run: Run | null;
  /** What joined the run with this event. */
  joined: readonly Entry[];
  /** Keys of the alerts of later runs that turned out to be the same, except one that the run took over. */
  absorbed: readonly number[];
}

export const LATE_MS = 60 * MINUTE;

/** The key that names the run's alert. */
export const alertKeyOf = ({ key, alertKey }: Run) => alertKey ?? key;

const isReported = ({ isHeld }: Run) => isHeld === false;

export function newBurstMemory(): BurstMemory {
  return { waiting: [], runs: [] };
}

/**
 * Takes an event of the subject into its memory, in the order events were stored and judged by when they happened.
 *
 * Events within the window open a run when they reach the threshold; the run grows by each event up to a window after
 * its last, and by late ones up to a window before it reached the threshold.
 */
export function takeIntoBurst(
  memory: BurstMemory,
  rule: Pick<BurstRule, "counts">,
  values: RuleValues,
  event: SeenEvent,
): BurstStep {
  const windowMs = values.minutes! * MINUTE;
  forget(memory, event.receivedAt - windowMs - REMEMBER_MS);
  const entry = entryOf(event);
  const open = openRun(memory, event.at, windowMs);
  if (open) {
    grow(open, entry);
    return { run: open, ...absorb(memory, open, windowMs, [entry]) };
  }
  insert(memory.waiting, entry);
  const found = findWindow(memory.waiting, rule.counts, values.threshold!, windowMs, entry);
  if (!found) {
    trim(memory.waiting);
    return { run: null, joined: [], absorbed: [] };
  }
  const run = newRun(found, event);
  memory.waiting = memory.waiting.filter((one) => !found.includes(one));
  memory.runs = [...memory.runs, run].toSorted((a, b) => a.firstAt - b.firstAt).slice(-MOST_RUNS);
  return { run, ...absorb(memory, run, windowMs, found) };
}

/** The run that a time within its window belongs to. */
function openRun({ runs }: BurstMemory, at: number, windowMs: number): Run | undefined {
  return runs.find(({ sinceAt, lastAt }) => at >= sinceAt - windowMs && at <= lastAt + windowMs);
}

/** Takes an event that a rule found in itself to be what it asks for: the run of its subject that it opened or joined. */
export function takeFinding(
  memory: BurstMemory,
  windowMinutes: number,
  event: SeenEvent,
  { before = [], size, compared, threshold }: Finding,
): { run: Run; absorbed: readonly number[] } {
  const windowMs = windowMinutes * MINUTE;
  forget(memory, event.receivedAt - windowMs - REMEMBER_MS);
  const entry = entryOf(event);
  const open = openRun(memory, event.at, windowMs);
  const proof = before.map((one): Entry => ({ ...entry, ...one, codes: [] }));
  if (open) {
    const { count } = open;
    const fresh = size === undefined ? [] : proof.filter(({ id }) => !open.eventIds.includes(id));
    for (const one of [...fresh, entry]) grow(open, one);
    if (size !== undefined) Object.assign(open, { count: Math.max(count, size), isPeak: true });
    return { run: open, absorbed: absorb(memory, open, windowMs, []).absorbed };
  }
  const run = newRun([...proof, entry], event);
  if (size !== undefined) Object.assign(run, { count: size, isPeak: true });
  if (compared) run.compared = compared;
  if (threshold !== undefined) run.threshold = threshold;
  memory.runs = [...memory.runs, run].toSorted((a, b) => a.firstAt - b.firstAt).slice(-MOST_RUNS);
  return { run, absorbed: absorb(memory, run, windowMs, []).absorbed };
}

function entryOf(event: SeenEvent): Entry {
  const { id, at, receivedAt, accountId, computerId, siteId, address } = event;
  const entry = { id, at, receivedAt, accountId, computerId, siteId, address, codes: unusableCodes(event) };
  return isUnknownName(event) ? { ...entry, isUnknown: true } : entry;
}

function forget(memory: BurstMemory, before: number): void {
  memory.waiting = memory.waiting.filter(({ receivedAt }) => receivedAt >= before);
  memory.runs = memory.runs.filter(({ lastReceivedAt }) => lastReceivedAt >= before);
}

function insert(waiting: Entry[], entry: Entry): void {
  const place = waiting.findLastIndex(({ at, id }) => at < entry.at || (at === entry.at && id < entry.id));
  waiting.splice(place + 1, 0, entry);
}

/** Gives up the one received first of an account that has more, else the one received first of all. */
function trim(waiting: Entry[]): void {
  if (waiting.length <= MOST_WAITING) return;
  const counts = new Map<number, number>();
  for (const { accountId } of waiting) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  const several = waiting.filter(({ accountId }) => counts.get(accountId)! > 1);
  const from = several.length > 0 ? several : waiting;
  const oldest = from.reduce((least, one) => (one.id < least.id ? one : least));
  waiting.splice(waiting.indexOf(oldest), 1);
}

/** The entries of the first window around the new entry that reaches the threshold. */
function findWindow(
  waiting: readonly Entry[],
  counts: BurstRule["counts"],
  threshold: number,
  windowMs: number,
  entry: Entry,
): Entry[] | null {
  for (const { at: end } of waiting) {
    if (end < entry.at) continue;
    if (end > entry.at + windowMs) break;
    const within = waiting.filter(({ at }) => at >= end - windowMs && at <= end);
    const size = counts === "events" ? within.length : new Set(within.map(({ accountId }) => accountId)).size;
    if (size >= threshold) return within;
  }
  return null;
}

function newRun(entries: readonly Entry[], completing: SeenEvent): Run {
  const [first, last] = [entries[0]!, entries.at(-1)!];
  const run: Run = {
    key: completing.id,
    firstAt: first.at,
    sinceAt: last.at,
    lastAt: last.at,
    lastReceivedAt: completing.receivedAt,
    count: 0,
    eventIds: [],
    accountIds: [],
    computerIds: [],
    siteIds: [],
    addresses: [],
    codes: [],
    isLate: completing.receivedAt - completing.at > LATE_MS,
  };
  for (const entry of entries) grow(run, entry);
  return run;
}

function grow(run: Run, entry: Entry): void {
  run.firstAt = Math.min(run.firstAt, entry.at);
  run.lastAt = Math.max(run.lastAt, entry.at);
  run.lastReceivedAt = Math.max(run.lastReceivedAt, entry.receivedAt);
  run.count += 1;
  if (run.eventIds.length < MOST_EVIDENCE) run.eventIds.push(entry.id);
  note(run.accountIds, entry.accountId);
  note(run.computerIds, entry.computerId);
  note(run.siteIds, entry.siteId);
  if (entry.address !== null) note(run.addresses, entry.address);
  for (const code of entry.codes) note(run.codes, code);
}

function note<Value>(list: Value[], value: Value): void {
  if (list.length < MOST_NAMED && !list.includes(value)) list.push(value);
}

/** Takes in what the grown run reaches now: waiting events, and later runs that turn out to be the same. */
function absorb(
  memory: BurstMemory,
  run: Run,
  windowMs: number,
  first: readonly Entry[],
): { joined: Entry[]; absorbed: number[] } {
  const joined = [...first];
  const absorbed: number[] = [];
  const isReached = (at: number) => at >= run.sinceAt - windowMs && at <= run.lastAt + windowMs;
  for (;;) {
    const entry = memory.waiting.find(({ at }) => isReached(at));
    if (entry) {
      memory.waiting.splice(memory.waiting.indexOf(entry), 1);
      grow(run, entry);
      joined.push(entry);
      continue;
    }
    const other = memory.runs.find(
      (one) => one !== run && one.firstAt >= run.firstAt && isReached(one.firstAt),
    );
    if (!other) return { joined, absorbed };
    memory.runs.splice(memory.runs.indexOf(other), 1);
    if (isReported(other) && !isReported(run)) takeAlertOf(run, other);
    else absorbed.push(alertKeyOf(other));
    merge(run, other);
  }
}

/** The alert is listed and told under its own key and with what opened it: a new one would be told again. */
function takeAlertOf(run: Run, other: Run): void {
  run.alertKey = alertKeyOf(other);
  run.isLate = other.isLate;
  if (other.compared) run.compared = other.compared;
  if (other.threshold !== undefined) run.threshold = other.threshold;
}

function merge(run: Run, other: Run): void {
  run.lastAt = Math.max(run.lastAt, other.lastAt);
  run.lastReceivedAt = Math.max(run.lastReceivedAt, other.lastReceivedAt);
  run.count = run.isPeak ? Math.max(run.count, other.count) : run.count + other.count;
  run.eventIds = [...run.eventIds, ...other.eventIds].slice(0, MOST_EVIDENCE);
  for (const id of other.accountIds) note(run.accountIds, id);
  for (const id of other.computerIds) note(run.computerIds, id);
  for (const id of other.siteIds) note(run.siteIds, id);
  for (const address of other.addresses) note(run.addresses, address);
  for (const code of other.codes) note(run.codes, code);
  // One that is told already stands for both.
  if (other.isHeld !== undefined && run.isHeld !== false) run.isHeld = other.isHeld;
}
