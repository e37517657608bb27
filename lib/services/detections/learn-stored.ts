import { deleteHabits, firstStoredId, moveHabits, seedLastUse } from "@/db/queries/detections/habits";
import { listEventsToAsk, type Cursor, type FollowedEvent } from "@/db/queries/detections/follow-events";
import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import { HABIT_DAYS } from "@/lib/domain/detections/account-memory";
import { ASKED_KINDS, furtherKeys, learnFrom } from "@/lib/domain/detections/engine";
import { habitKeys } from "@/lib/domain/detections/learn";
import type { Asked, Memories } from "@/lib/domain/detections/memories";
import { loadMemories, storeMemories } from "./load-memories";
import { seenEvent } from "./seen-event";

const DAY = 86_400_000;

/**
 * Learns habits from the next `mostEvents` that were stored before the cursor, in the order stored and up to 90 days old.
 *
 * Each call is part of a transaction of its own that holds the cursor, so a server that is killed goes on where it was.
 */
export async function learnStored(
  tx: Transaction,
  scope: CompanyWriteScope,
  cursor: Cursor,
  asked: Asked,
  mostEvents: number,
): Promise<void> {
  const since = new Date(Date.now() - HABIT_DAYS * DAY);
  const target = cursor.habitsTargetId ?? cursor.throughId;
  const from = cursor.habitsId ?? (await begin(tx, scope, since, target));
  const range = { throughId: from, targetId: target };
  const rows = await listEventsToAsk(tx, scope, range, ASKED_KINDS, mostEvents, since);
  await learnRows(tx, scope, rows, asked);
  await moveHabits(tx, scope, rows.length === mostEvents ? rows.at(-1)!.id : target, target);
}

/** Forgets what was learned; gives the id to go on behind. */
async function begin(
  tx: Transaction,
  scope: CompanyWriteScope,
  since: Date,
  target: number,
): Promise<number> {
  await deleteHabits(tx, scope);
  await seedLastUse(tx, scope, since, target);
  const first = await firstStoredId(tx, scope, since, target);
  return first === null ? target : first - 1;
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
