import { listEventsToAsk, lockCursor, moveCursor, type Cursor } from "@/db/queries/detections/follow-events";
import { writeAlerts } from "@/db/queries/detections/write-alerts";
import type { Transaction } from "@/db/client";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { ASKED_KINDS, askRules, directKeys, furtherKeys } from "@/lib/domain/detections/engine";
import type { Asked, Memories, Outcome } from "@/lib/domain/detections/memories";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { readSettings } from "../settings/read-settings";
import { beginLearning, hasLearned, learnStored } from "./learn-stored";
import { loadMemories, splitKey, storeMemories } from "./load-memories";
import { namedIn } from "./load-tagged";
import { readAsked } from "./read-asked";
import { seenEvent } from "./seen-event";
import { tellAlerts } from "./tell-alerts";
import { tellThrottled } from "./tell-throttled";

const BATCH = 1_000;
/** Learning asks no rule, so one transaction can take this many batches. */
const LEARNED_AT_ONCE = 5;

export type Followed = "more" | "done" | "elsewhere";

/**
 * Asks the rules about the next batch of a company's settled events, in the order stored; before the first of them it
 * learns, call by call, from what was stored before.
 *
 * Alerts, their notifications, what rules remember and the cursor change in one transaction, which holds the cursor:
 * a server that is killed has done all of it or nothing, and two never ask about the same events.
 */
export async function followCompany(companyId: number, batch: number = BATCH): Promise<Followed> {
  const scope = operatorScope(companyId);
  const followed = await followOn(scope, batch);
  if (typeof followed === "string") return followed;
  return (await beginLearning(scope, followed)) ? "more" : "elsewhere";
}

/** The cursor where learning has to begin first. */
async function followOn(scope: CompanyWriteScope, batch: number): Promise<Followed | Cursor> {
  const { timeZone } = await readSettings();
  return writeWithin(scope, async (tx) => {
    const cursor = await lockCursor(tx, scope);
    if (!cursor) return "elsewhere";
    if (cursor.throughId >= cursor.targetId) return "done";
    if (!hasLearned(cursor)) {
      // Learning asks nothing about tags.
      const asked = await readAsked(tx, scope, timeZone, namedIn([]));
      return (await learnStored(tx, scope, cursor, asked, batch * LEARNED_AT_ONCE)) ? "more" : cursor;
    }
    const rows = await listEventsToAsk(tx, scope, cursor, ASKED_KINDS, batch);
    if (rows.length > 0) {
      const asked = await readAsked(tx, scope, timeZone, namedIn(rows));
      await ask(tx, scope, rows.map(seenEvent), asked);
    }
    const isMore = rows.length === batch;
    await moveCursor(tx, scope, isMore ? rows.at(-1)!.id : cursor.targetId);
    return isMore ? "more" : "done";
  });
}

async function ask(
  tx: Transaction,
  scope: CompanyWriteScope,
  events: readonly SeenEvent[],
  asked: Asked,
): Promise<void> {
  const memories: Memories = new Map();
  await loadMemories(tx, scope, memories, directKeys(events, asked));
  await loadMemories(tx, scope, memories, furtherKeys(memories));
  await store(tx, scope, memories, askRules(events, memories, asked));
}

async function store(
  tx: Transaction,
  scope: CompanyWriteScope,
  memories: Memories,
  { alerts, absorbed, changed, heldBack }: Outcome,
): Promise<void> {
  const gone = [...absorbed].map((name) => {
    const end = name.lastIndexOf(" ");
    return { ...splitKey(name.slice(0, end)), key: Number(name.slice(end + 1)) };
  });
  const drafts = [...alerts.values()];
  const written = await writeAlerts(tx, scope, drafts, gone);
  const fresh = drafts.flatMap((draft, place) =>
    written[place]!.isNew ? [{ ...draft, id: written[place]!.id }] : [],
  );
  await tellAlerts(tx, scope, fresh);
  await tellThrottled(tx, scope, heldBack.keys());
  await storeMemories(tx, scope, memories, changed);
}
