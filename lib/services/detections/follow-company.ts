import {
  listEventsToAsk,
  lockCursor,
  moveCursor,
  noteForgotten,
  type FollowedEvent,
} from "@/db/queries/detections/follow-events";
import { findCompany } from "@/db/queries/companies/company";
import { deleteOldMemories, readMemories, writeMemories } from "@/db/queries/detections/memories";
import { listExceptions, listRuleSettings } from "@/db/queries/detections/settings";
import { deleteAbsorbedAlerts, writeAlerts } from "@/db/queries/detections/write-alerts";
import type { Transaction } from "@/db/client";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { ASKED_KINDS, askRules, directKeys, furtherKeys } from "@/lib/domain/detections/engine";
import { OTHER_KEPT_DAYS, SHORT_KEPT_DAYS } from "@/lib/domain/detections/kept";
import type { Asked, Memories, Outcome } from "@/lib/domain/detections/memories";
import type { RuleName, SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { kindFromCode } from "@/lib/domain/events/kinds";
import { failureCodes } from "@/lib/domain/failure-reasons";
import { ianaZone } from "@/lib/domain/zones";
import { readSettings } from "../settings/read-settings";
import { tellAlerts } from "./tell-alerts";

const BATCH = 1_000;
const FORGET_EVERY_MS = 10 * 60_000;
const MOST_FORGOTTEN = 1_000;

export type Followed = "more" | "done" | "elsewhere";

/**
 * Asks the rules about the next batch of a company's settled events, in the order stored.
 *
 * Alerts, their notifications, what rules remember and the cursor change in one transaction, which holds the cursor:
 * a server that is killed has done all of it or nothing, and two never ask about the same events.
 */
export async function followCompany(companyId: number, batch: number = BATCH): Promise<Followed> {
  const scope = operatorScope(companyId);
  const { timeZone } = await readSettings();
  return writeWithin(scope, async (tx) => {
    const cursor = await lockCursor(tx, scope);
    if (!cursor) return "elsewhere";
    if (cursor.throughId >= cursor.targetId) return "done";
    const rows = await listEventsToAsk(tx, scope, cursor, ASKED_KINDS, batch);
    if (rows.length > 0) {
      const asked = await readAsked(tx, scope, timeZone);
      await ask(tx, scope, rows.map(seenEvent), asked);
    }
    const isMore = rows.length === batch;
    if (!isMore && Date.now() - cursor.forgottenAt > FORGET_EVERY_MS) await forget(tx, scope);
    await moveCursor(tx, scope, isMore ? rows.at(-1)!.id : cursor.targetId);
    return isMore ? "more" : "done";
  });
}

/** Deletes what nothing has touched for so long that its rule would forget it at once. */
async function forget(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  await deleteOldMemories(tx, scope, { days: SHORT_KEPT_DAYS, otherDays: OTHER_KEPT_DAYS }, MOST_FORGOTTEN);
  await noteForgotten(tx, scope);
}

async function ask(
  tx: Transaction,
  scope: CompanyWriteScope,
  events: readonly SeenEvent[],
  asked: Asked,
): Promise<void> {
  const memories: Memories = new Map();
  await load(tx, scope, memories, directKeys(events, asked));
  await load(tx, scope, memories, furtherKeys(memories));
  const outcome = askRules(events, memories, asked);
  await store(tx, scope, memories, outcome);
}

/** What decides, besides events: a change of it counts from the next batch. */
async function readAsked(tx: Transaction, scope: CompanyWriteScope, portalZone: string): Promise<Asked> {
  const [stored, exceptions, company] = await Promise.all([
    listRuleSettings(tx, scope),
    listExceptions(tx, scope),
    findCompany(tx, scope),
  ]);
  return {
    settings: settingsOf(stored),
    exceptions: exceptions.map(({ rule, accountId, address, computerId, siteId, endsAt }) => ({
      rule: rule as RuleName,
      accountId,
      address,
      computerId,
      siteId,
      endsAt: endsAt?.getTime() ?? null,
    })),
    context: {
      zone: ianaZone(company?.timeZone ?? portalZone),
      learnsHabits: company?.learnsHabits ?? true,
    },
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
