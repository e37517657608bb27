import {
  deleteHabits,
  firstStoredId,
  listLastUse,
  moveHabits,
  seedLastUse,
} from "@/db/queries/detections/habits";
import {
  listEventsToAsk,
  lockCursor,
  type Cursor,
  type FollowedEvent,
} from "@/db/queries/detections/follow-events";
import type { Transaction } from "@/db/client";
import { readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { HABIT_DAYS } from "@/lib/domain/detections/account-memory";
import { ASKED_KINDS, furtherKeys, learnFrom } from "@/lib/domain/detections/engine";
import { habitKeys } from "@/lib/domain/detections/learn";
import type { Asked, Memories } from "@/lib/domain/detections/memories";
import { loadMemories, storeMemories } from "./load-memories";
import { seenEvent } from "./seen-event";

const DAY = 86_400_000;

const isBegun = ({ habitsId }: Cursor) => habitsId !== null;
const learningStart = () => new Date(Date.now() - HABIT_DAYS * DAY);
const targetOf = ({ habitsTargetId, throughId }: Cursor) => habitsTargetId ?? throughId;

export function hasLearned(cursor: Cursor): boolean {
  return cursor.habitsId !== null && cursor.habitsId >= (cursor.habitsTargetId ?? Infinity);
}

/**
 * Learns habits from the next `mostEvents` that were stored before the cursor, in the order stored and up to 90 days old.
 * False, with nothing done, where learning has to begin first: {@link beginLearning}.
 *
 * Each call is part of a transaction of its own that holds the cursor, so a server that is killed goes on where it was.
 */
export async function learnStored(
  tx: Transaction,
  scope: CompanyWriteScope,
  cursor: Cursor,
  asked: Asked,
  mostEvents: number,
): Promise<boolean> {
  if (cursor.habitsId === null) return false;
  const target = targetOf(cursor);
  const range = { throughId: cursor.habitsId, targetId: target };
  const rows = await listEventsToAsk(tx, scope, range, ASKED_KINDS, mostEvents, learningStart());
  await learnRows(tx, scope, rows, asked);
  await moveHabits(tx, scope, rows.length === mostEvents ? rows.at(-1)!.id : target, target);
  return true;
}

/**
 * Forgets what was learned, and notes from where on to learn. False while another server has the cursor.
 *
 * What takes long here only reads, in a transaction without a number: one with a number would hold up the detection clock,
 * and with it the rules of all companies.
 */
export async function beginLearning(scope: CompanyWriteScope, cursor: Cursor): Promise<boolean> {
  const [since, target] = [learningStart(), targetOf(cursor)];
  const [lastUse, first] = await readWithin(scope, async (tx) => [
    await listLastUse(tx, scope, since, target),
    await firstStoredId(tx, scope, since, target),
  ]);
  return writeWithin(scope, async (tx) => {
    const now = await lockCursor(tx, scope);
    if (!now) return false;
    // Another server was faster.
    if (isBegun(now) || targetOf(now) !== target) return true;
    await deleteHabits(tx, scope);
    await seedLastUse(tx, scope, lastUse);
    await moveHabits(tx, scope, first === null ? target : first - 1, target);
    return true;
  });
}

async function learnRows(
  tx: Transaction,
  scope: CompanyWriteScope,
  rows: readonly FollowedEvent[],
  asked: Asked,
): Promise<void> {
  if (rows.length === 0) return;
  const events = rows.map(seenEvent);
  const memories: Memories = new Map();
  await loadMemories(tx, scope, memories, new Set(events.flatMap((one) => habitKeys(one, asked.context))));
  await loadMemories(tx, scope, memories, furtherKeys(memories));
  await storeMemories(tx, scope, memories, learnFrom(events, memories, asked));
}
