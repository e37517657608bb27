import { fetchPastEvents, listEarlierUse, openPastEvents } from "@/db/queries/detections/past-events";
import type { FollowedEvent } from "@/db/queries/detections/follow-events";
import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import { earlierMemory, MOST_LOGONS } from "@/lib/domain/detections/account-memory";
import { accountKey, memoryKey } from "@/lib/domain/detections/alert-draft";
import type { Trial } from "@/lib/domain/detections/backtest";
import { ASKED_KINDS, askRules, learnFrom } from "@/lib/domain/detections/engine";
import { SHORT_KEPT_DAYS } from "@/lib/domain/detections/kept";
import { HABITS } from "@/lib/domain/detections/learn";
import { newOutcome, type Outcome } from "@/lib/domain/detections/memories";
import { RecentMemories } from "@/lib/domain/detections/recent-memories";
import { FAILURE_KINDS, START_KINDS } from "@/lib/domain/events/kinds";
import { TakeTurns, TURN_MILLISECONDS } from "../reports/take-turns";
import { seenEvent } from "./seen-event";

const DAY = 86_400_000;
const EVENTS_AT_ONCE = 2_000;
const EVENTS_BETWEEN_LOOKS = 100;
const WITHOUT_HABITS = new Set([...START_KINDS, ...FAILURE_KINDS]);

export interface PastBounds {
  events: number;
  alerts: number;
  milliseconds: number;
}

/** What a busy company may cost: a few minutes, and some ten megabytes of alerts. */
const BOUNDS: PastBounds = { events: 10_000_000, alerts: 20_000, milliseconds: 5 * 60_000 };

export interface AskedPast {
  /** Events that were looked at. */
  events: number;
  /** Which bound ended it before the newest event; null when nothing did. */
  endedBy: keyof PastBounds | null;
  /** When the last event looked at was received; null for none. Epoch milliseconds. */
  throughAt: number | null;
  /** More accounts and addresses at once than can be remembered. */
  isOverfull: boolean;
}

interface PastAsk {
  trial: Trial;
  /** When the range begins, epoch milliseconds: before it rules only learn. */
  from: number;
  signal: AbortSignal | undefined;
  bounds: PastBounds | undefined;
}

/**
 * Asks the rules about what happened, in the order stored, in turns and without storing anything.
 *
 * `take` gets what comes of each batch and gives how many alerts are held. @throws the signal's reason once it is raised.
 */
export async function askPast(
  tx: Transaction,
  scope: CompanyWriteScope,
  { trial, from, signal, bounds = BOUNDS }: PastAsk,
  take: (outcome: Outcome) => number,
): Promise<AskedPast> {
  const startedAt = performance.now();
  const turns = new TakeTurns(TURN_MILLISECONDS, signal);
  const recent = new RecentMemories();
  const past: AskedPast = { events: 0, endedBy: null, throughAt: null, isOverfull: false };
  const since = new Date(from - trial.learnDays * DAY);
  if (trial.needsHabits) await seed(tx, scope, recent, trial, since);
  await openPastEvents(tx, scope, since, trial.needsHabits ? ASKED_KINDS : WITHOUT_HABITS);
  let next = fetchPastEvents(tx, EVENTS_AT_ONCE);
  while (past.endedBy === null) {
    const rows = await next;
    if (rows.length === 0) break;
    // PostgreSQL reads on while the rules look at these.
    next = fetchPastEvents(tx, EVENTS_AT_ONCE);
    next.catch(() => undefined); // looked at in its turn
    let alerts = 0;
    for (let done = 0; done < rows.length; done += EVENTS_BETWEEN_LOOKS) {
      alerts = take(askSome(rows.slice(done, done + EVENTS_BETWEEN_LOOKS), recent, trial, from));
      if (turns.isOver()) await turns.giveWay();
    }
    past.events += rows.length;
    past.throughAt = rows.at(-1)!.receivedAt;
    if (rows.length < EVENTS_AT_ONCE) break;
    const milliseconds = performance.now() - startedAt;
    past.endedBy = exceeded({ events: past.events, alerts, milliseconds }, bounds);
  }
  await next.catch(() => undefined);
  signal?.throwIfAborted();
  return { ...past, isOverfull: recent.isOverfull };
}

/** Remembers the last use of accounts that began no session since `since`, as the engine does. */
async function seed(
  tx: Transaction,
  scope: CompanyWriteScope,
  recent: RecentMemories,
  { asked }: Trial,
  since: Date,
): Promise<void> {
  const keys: string[] = [];
  for (const use of await listEarlierUse(tx, scope, since, MOST_LOGONS)) {
    const key = memoryKey(HABITS, accountKey(use.accountId));
    recent.memories.set(key, earlierMemory(use, asked.context.learnsHabits));
    keys.push(key);
  }
  recent.touch(keys, since.getTime());
}

function askSome(
  rows: readonly FollowedEvent[],
  recent: RecentMemories,
  trial: Trial,
  from: number,
): Outcome {
  const events = rows.map(seenEvent);
  const last = events.at(-1)!.receivedAt;
  const { memories } = recent;
  if (last < from - SHORT_KEPT_DAYS * DAY) {
    const changed = learnFrom(events, memories, trial.asked, trial.kept);
    recent.touch(changed, last);
    return { ...newOutcome(), changed };
  }
  const outcome = askRules(events, memories, trial.asked);
  recent.touch(outcome.changed, last);
  return outcome;
}

function exceeded(spent: PastBounds, bounds: PastBounds): keyof PastBounds | null {
  const names = ["events", "alerts", "milliseconds"] as const;
  return names.find((name) => spent[name] >= bounds[name]) ?? null;
}
