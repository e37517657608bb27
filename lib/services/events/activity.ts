import {
  flushActivity,
  type KeyActivity,
  type SeenComputer,
  type SeenAccount,
} from "@/db/queries/events/flush-activity";
import type { CompanyWriteScope, KeyAccess } from "@/db/scope";
import { isDatabaseHeldUp, isDatabaseOutage, isNodeOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { processState } from "@/lib/process-state";
import { GatheredSeen, type Kept } from "./gathered-seen";

const FLUSH_MILLISECONDS = 3_000;
const COMPANIES_AT_ONCE = 32;

interface Pending {
  keys: Map<number, KeyActivity>;
  accounts: GatheredSeen<number, SeenAccount>;
  computers: GatheredSeen<string, SeenComputer>;
  timer: NodeJS.Timeout | undefined;
  /** Settles once what was to be written by now is written. */
  written: Promise<void>;
}

function pending(): Pending {
  return processState("activity", () => ({
    keys: new Map(),
    accounts: new GatheredSeen(mergeAccount, replaceAccount),
    computers: new GatheredSeen(mergeSeen, replaceSeen),
    timer: undefined,
    written: Promise.resolve(),
  }));
}

/** What a request came to; a health check comes to nothing countable, but an agent was heard. */
interface KeyOutcome {
  accepted?: number;
  duplicate?: number;
  rejected?: number;
  /** 1 for a request refused because of the key itself. */
  refused?: number;
  isHealthCheck?: boolean;
}

/**
 * Counts what a key's request came to. Written together a few seconds later; a crash loses at most those
 * seconds of counts, never an event.
 */
export function countKeyActivity(
  access: KeyAccess,
  { accepted = 0, duplicate = 0, rejected = 0, refused = 0, isHealthCheck = false }: KeyOutcome,
): void {
  const { keys } = pending();
  const id = access.key.id;
  const sum = keys.get(id) ?? {
    scope: access.scope,
    apiKeyId: id,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
    refused: 0,
    lastUsedAt: null,
    lastAgentAt: null,
  };
  sum.accepted += accepted;
  sum.duplicate += duplicate;
  sum.rejected += rejected;
  sum.refused += refused;
  const now = Date.now();
  // A request that a disabled key sent is no use of it.
  if (refused === 0 || rejected > 0) sum.lastUsedAt = now;
  if (isHealthCheck || accepted + duplicate > 0) sum.lastAgentAt = now;
  keys.set(id, sum);
  scheduleFlush();
}

/** Remembers the newest and oldest time an account was named, epoch milliseconds. */
export function markAccountSeen(scope: CompanyWriteScope, id: number, firstAt: number, lastAt: number): void {
  pending().accounts.add(id, { scope, id, firstAt, lastAt });
  scheduleFlush();
}

function mergeAccount(known: SeenAccount, seen: SeenAccount): void {
  known.firstAt = Math.min(known.firstAt, seen.firstAt);
  known.lastAt = Math.max(known.lastAt, seen.lastAt);
}

function replaceAccount(known: SeenAccount, seen: SeenAccount): void {
  known.firstAt = seen.firstAt;
  known.lastAt = seen.lastAt;
}

/** The same for a computer, whose newest event also tells its addresses, agent version and clock. */
export function markComputerSeen(seen: SeenComputer): void {
  pending().computers.add(seen.nameKey, seen);
  scheduleFlush();
}

/** Merges in place: every event passes here, and a copy for each would keep the garbage collector busy. */
function mergeSeen(known: SeenComputer, seen: SeenComputer): void {
  const [newer, older] = seen.lastAt >= known.lastAt ? [seen, known] : [known, seen];
  known.siteId = newer.siteId;
  known.name = newer.name;
  known.clockSkewMs = laterSkew(older.clockSkewMs, newer.clockSkewMs);
  mergeTold(known, seen, "localIp", "localIpAt");
  mergeTold(known, seen, "publicIp", "publicIpAt");
  mergeTold(known, seen, "agentVersion", "agentVersionAt");
  known.spoolLength = newer.spoolLength ?? older.spoolLength;
  known.droppedFailures = newer.droppedFailures ?? older.droppedFailures;
  known.droppedSessions = newer.droppedSessions ?? older.droppedSessions;
  known.firstAt = Math.min(known.firstAt, seen.firstAt);
  known.lastAt = Math.max(known.lastAt, seen.lastAt);
  known.healthAt = Math.max(known.healthAt ?? 0, seen.healthAt ?? 0) || null;
}

/** Of equal texts the older stays: the newer would live for as long, and a busy portal hears thousands a second. */
function replaceSeen(known: SeenComputer, seen: SeenComputer): void {
  const { nameKey, name, localIp, publicIp, agentVersion } = known;
  Object.assign(known, { localIpAt: undefined, publicIpAt: undefined, agentVersionAt: undefined }, seen);
  known.nameKey = nameKey;
  if (name === seen.name) known.name = name;
  if (localIp === seen.localIp) known.localIp = localIp;
  if (publicIp === seen.publicIp) known.publicIp = publicIp;
  if (agentVersion === seen.agentVersion) known.agentVersion = agentVersion;
}

/** Each is what the newest event that told it says: an event without an address does not make an older one newer. */
function mergeTold(
  known: SeenComputer,
  seen: SeenComputer,
  field: "localIp" | "publicIp" | "agentVersion",
  at: "localIpAt" | "publicIpAt" | "agentVersionAt",
): void {
  const knownAt = known[at] ?? known.lastAt;
  const seenAt = seen[at] ?? seen.lastAt;
  const isLatest = seen[field] !== null && (known[field] === null || seenAt >= knownAt);
  if (isLatest) known[field] = seen[field];
  known[at] = isLatest ? seenAt : knownAt;
}

/** An event that is not ahead (0) may have waited, so it does not disprove that the clock is behind. */
function laterSkew(older: number | null, newer: number | null): number | null {
  return newer === null || (newer === 0 && older !== null && older < 0) ? older : newer;
}

function scheduleFlush(): void {
  const state = pending();
  state.timer ??= setTimeout(() => {
    state.timer = undefined;
    void flushPendingActivity();
  }, FLUSH_MILLISECONDS).unref();
}

/** Writes what was gathered now; also called when the server stops. In an outage it is gathered on, not lost. */
export function flushPendingActivity(): Promise<void> {
  const state = pending();
  // One after another: the second would hold a connection and wait for the rows of the first.
  const write = () => writeGathered(state);
  state.written = state.written.then(write, write);
  return state.written;
}

async function writeGathered(state: Pending): Promise<void> {
  const parts = takeParts(state);
  let failure: unknown;
  for (let part = parts.shift(); part; part = parts.shift()) {
    try {
      await flushActivity(part.keys, valuesOf(part.accounts), valuesOf(part.computers));
      state.accounts.settle(part.accounts);
      state.computers.settle(part.computers);
    } catch (error) {
      failure = error;
      if (isOfAll(error)) {
        for (const unwritten of [part, ...parts]) giveBack(state, unwritten);
        break;
      }
      // What fails of one company, or its node, must not hold up the others.
      const apart = byCompany(part, 1);
      if (apart.length > 1) parts.unshift(...apart);
      else giveBack(state, part);
    }
  }
  if (failure === undefined) return;
  logger.warn(
    { err: failure },
    "Can't write last-seen times and API key counts; keeping them for the next attempt",
  );
  scheduleFlush();
}

/** Whether the other companies' rows can't be written now, either. */
function isOfAll(error: unknown): boolean {
  return !isNodeOutage(error) && (isDatabaseOutage(error) || isDatabaseHeldUp(error));
}

function giveBack(state: Pending, { keys, accounts, computers }: Part): void {
  for (const activity of keys) mergeBack(state, activity);
  state.accounts.giveBack(accounts);
  state.computers.giveBack(computers);
}

interface Part {
  keys: KeyActivity[];
  accounts: Kept<number, SeenAccount>[];
  computers: Kept<string, SeenComputer>[];
}

const valuesOf = <Value>(taken: readonly Kept<unknown, Value>[]): Value[] => taken.map(({ value }) => value);

/** What is gathered, a few companies at a time: row-level security compares each row with all companies of its transaction. */
function takeParts(state: Pending): Part[] {
  const all = {
    keys: [...state.keys.values()],
    accounts: state.accounts.take(),
    computers: state.computers.take(),
  };
  state.keys = new Map();
  return byCompany(all, COMPANIES_AT_ONCE);
}

/** Parts of so many companies each. */
function byCompany({ keys, accounts, computers }: Part, companiesEach: number): Part[] {
  const companies = new Map<number, Part>();
  const parts: Part[] = [];
  const partOf = ({ companyId }: CompanyWriteScope): Part => {
    const known = companies.get(companyId);
    if (known) return known;
    if (companies.size % companiesEach === 0) parts.push({ keys: [], accounts: [], computers: [] });
    const part = parts.at(-1)!;
    companies.set(companyId, part);
    return part;
  };
  for (const activity of keys) partOf(activity.scope).keys.push(activity);
  for (const account of accounts) partOf(account.value.scope).accounts.push(account);
  for (const computer of computers) partOf(computer.value.scope).computers.push(computer);
  return parts;
}

function mergeBack(state: Pending, activity: KeyActivity): void {
  const newer = state.keys.get(activity.apiKeyId);
  if (!newer) state.keys.set(activity.apiKeyId, activity);
  else {
    newer.accepted += activity.accepted;
    newer.duplicate += activity.duplicate;
    newer.rejected += activity.rejected;
    newer.refused += activity.refused;
    newer.lastUsedAt ??= activity.lastUsedAt;
    newer.lastAgentAt ??= activity.lastAgentAt;
  }
}
