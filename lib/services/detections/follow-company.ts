import {
  listEventsToAsk,
  lockCursor,
  moveCursor,
  type FollowedEvent,
} from "@/db/queries/detections/follow-events";
import { deleteOldMemories, readMemories, writeMemories } from "@/db/queries/detections/memories";
import { listExceptions, listRuleSettings } from "@/db/queries/detections/settings";
import { deleteAbsorbedAlerts, writeAlerts } from "@/db/queries/detections/write-alerts";
import type { Transaction } from "@/db/client";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import {
  askRules,
  directKeys,
  furtherKeys,
  type Asked,
  type Memories,
  type Outcome,
} from "@/lib/domain/detections/engine";
import type { RuleName, SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { FAILURE_KINDS, kindFromCode, START_KINDS } from "@/lib/domain/events/kinds";
import { failureCodes } from "@/lib/domain/failure-reasons";
import { tellAlerts } from "./tell-alerts";

const BATCH = 1_000;
/** Longer than any rule remembers: what it would find in such a memory it would forget at once. */
const FORGOTTEN_MS = 4 * 24 * 60 * 60_000;
const MOST_FORGOTTEN = 1_000;
const ASKED_KINDS = new Set([...START_KINDS, ...FAILURE_KINDS]);

export type Followed = "more" | "done" | "elsewhere";

/**
 * Asks the rules about the next batch of a company's settled events, in the order stored.
 *
 * Alerts, their notifications, what rules remember and the cursor change in one transaction, which holds the cursor:
 * a server that is killed has done all of it or nothing, and two never ask about the same events.
 */
export function followCompany(companyId: number, batch: number = BATCH): Promise<Followed> {
  const scope = operatorScope(companyId);
  return writeWithin(scope, async (tx) => {
    const cursor = await lockCursor(tx, scope);
    if (!cursor) return "elsewhere";
    if (cursor.throughId >= cursor.targetId) return "done";
    const rows = await listEventsToAsk(tx, scope, cursor, ASKED_KINDS, batch);
    if (rows.length > 0) await ask(tx, scope, rows.map(seenEvent));
    const isMore = rows.length === batch;
    if (!isMore) await deleteOldMemories(tx, scope, new Date(Date.now() - FORGOTTEN_MS), MOST_FORGOTTEN);
    await moveCursor(tx, scope, isMore ? rows.at(-1)!.id : cursor.targetId);
    return isMore ? "more" : "done";
  });
}

async function ask(tx: Transaction, scope: CompanyWriteScope, events: readonly SeenEvent[]): Promise<void> {
  const asked = await readAsked(tx, scope);
  const memories: Memories = new Map();
  await load(tx, scope, memories, directKeys(events));
  await load(tx, scope, memories, furtherKeys(memories));
  const outcome = askRules(events, memories, asked);
  await store(tx, scope, memories, outcome);
}

/** What decides, besides events: a change of it counts from the next batch. */
async function readAsked(tx: Transaction, scope: CompanyWriteScope): Promise<Asked> {
  const [stored, exceptions] = await Promise.all([listRuleSettings(tx, scope), listExceptions(tx, scope)]);
  return {
    settings: settingsOf(stored),
    exceptions: exceptions.map(({ rule, accountId, address, endsAt }) => ({
      rule: rule as RuleName,
      accountId,
      address,
      endsAt: endsAt?.getTime() ?? null,
    })),
  };
}

async function load(
  tx: Transaction,
  scope: CompanyWriteScope,
  memories: Memories,
  keys: ReadonlySet<string>,
): Promise<void> {
  const wanted = [...keys].filter((key) => !memories.has(key)).map(splitKey);
  for (const { rule, subjectKey, memory } of await readMemories(tx, scope, wanted)) {
    memories.set(`${rule} ${subjectKey}`, memory);
  }
}

/** A key of a memory is the rule's name, which has no blank, a blank and the subject. */
function splitKey(key: string): { rule: string; subjectKey: string } {
  const end = key.indexOf(" ");
  return { rule: key.slice(0, end), subjectKey: key.slice(end + 1) };
}

async function store(
  tx: Transaction,
  scope: CompanyWriteScope,
  memories: Memories,
  { alerts, absorbed, changed }: Outcome,
): Promise<void> {
  const gone = [...absorbed].map((name) => {
    const end = name.lastIndexOf(" ");
    return { ...splitKey(name.slice(0, end)), key: Number(name.slice(end + 1)) };
  });
  await deleteAbsorbedAlerts(tx, scope, gone);
  const drafts = [...alerts.values()];
  const written = await writeAlerts(tx, scope, drafts);
  const fresh = drafts.flatMap((draft, place) =>
    written[place]!.isNew ? [{ ...draft, id: written[place]!.id }] : [],
  );
  await tellAlerts(tx, scope, fresh);
  await writeMemories(
    tx,
    scope,
    [...changed].map((key) => ({ ...splitKey(key), memory: memories.get(key) })),
  );
}

function seenEvent({ kind, status, subStatus, ...event }: FollowedEvent): SeenEvent {
  return { ...event, kind: kindFromCode(kind), codes: failureCodes(status, subStatus) };
}
