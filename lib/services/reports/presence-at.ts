import type { Transaction } from "@/db/client";
import { findNamed } from "@/db/queries/events/match-names";
import { listCompanyNames } from "@/db/queries/reports/company-names";
import {
  listDecidingEvents,
  listNextComputerEvents,
  listNextOwnEvents,
  readEventRows,
  type SeatsAsked,
} from "@/db/queries/reports/presence-events";
import type { CompanyWriteScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { momentEnd, openAt, whoWasOn, type MomentAsk } from "@/lib/domain/presence/who-was-on";
import type { WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import type { Stretch, TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";

const HOUR_MS = 3_600_000;

/**
 * Who was on at the moment, with the proof, in no particular order: by the rules of Time Spent and from the few events
 * that decide. With `since` only what began after that instant.
 */
export async function presenceAt(
  tx: Transaction,
  own: CompanyWriteScope,
  asked: SeatsAsked,
  ask: MomentAsk,
): Promise<WhoWasOnRow[]> {
  const events = await readMoment(tx, own, asked, ask);
  if (events.length === 0) return [];
  const { since = -Infinity } = asked;
  const stretches = whoWasOn(events, ask).filter(({ from }) => from > since);
  return toRows(tx, own, stretches, events);
}

/** What decided up to the moment, and what ended first afterwards what was open at it. */
async function readMoment(
  tx: Transaction,
  own: CompanyWriteScope,
  asked: SeatsAsked,
  ask: MomentAsk,
): Promise<TimeSpentEvent[]> {
  const before = await listDecidingEvents(tx, own, asked, ask.at);
  const open = openAt(before, ask);
  const later = { from: ask.at + 1, until: lookedUntil(asked, ask) };
  const computerIds = [...new Set(open.map((seat) => seat.computerId))];
  const [ownEvents, ofComputers] = await Promise.all([
    listNextOwnEvents(tx, own, open, later),
    listNextComputerEvents(tx, own, computerIds, later),
  ]);
  return [...before, ...ownEvents, ...ofComputers];
}

/**
 * How far ahead an end is looked for. Where all began within the longest session before the moment, an end beyond the
 * longest session after it tells nothing new about the state.
 */
function lookedUntil({ since }: SeatsAsked, ask: MomentAsk): number {
  if (since === undefined) return momentEnd(ask);
  return Math.min(momentEnd(ask), ask.at + ask.maxSessionHours * HOUR_MS + 1);
}

async function toRows(
  tx: Transaction,
  own: CompanyWriteScope,
  stretches: readonly Stretch[],
  events: readonly TimeSpentEvent[],
): Promise<WhoWasOnRow[]> {
  const used = new Set(stretches.flatMap(({ openedBy, closedBy }) => [openedBy, closedBy]));
  const [proof, companies] = await Promise.all([
    readEventRows(
      tx,
      own,
      events.filter(({ order }) => used.has(order)),
    ),
    listCompanyNames(tx, own),
  ]);
  const byId = new Map(proof.map((event) => [event.id, event]));
  const names = await namesOf(tx, own, stretches, proof);
  return stretches.flatMap((stretch) => {
    const opened = byId.get(stretch.openedBy);
    // Erased between two statements: then nothing proves it any more.
    if (!opened) return [];
    const closed = stretch.closedBy === null ? null : (byId.get(stretch.closedBy) ?? null);
    const { accountId, computerId, kind } = stretch;
    return {
      companyId: own.companyId,
      companyName: companies.get(own.companyId) ?? "",
      accountId,
      userName: names.get(accountId) ?? "",
      computerId,
      computerName: opened.computerName,
      siteName: opened.siteName,
      state: kind,
      since: stretch.from,
      until: stretch.isOpen && kind !== "uncertain" ? null : stretch.to,
      opened,
      closed,
    };
  });
}

/** A sleep that began a pause names another account, so the proof doesn't contain every name. */
async function namesOf(
  tx: Transaction,
  own: CompanyWriteScope,
  stretches: readonly Stretch[],
  proof: readonly EventRow[],
): Promise<ReadonlyMap<number, string>> {
  const names = new Map(proof.map((event) => [event.accountId, event.userName]));
  const missing = stretches.map(({ accountId }) => accountId).filter((id) => !names.has(id));
  for (const { id, name } of await findNamed(tx, own, "accounts", missing)) names.set(id, name);
  return names;
}
