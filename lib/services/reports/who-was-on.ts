import { findNamed } from "@/db/queries/events/match-names";
import {
  listDecidingEvents,
  listNextComputerEvents,
  listNextOwnEvents,
  readEventRows,
} from "@/db/queries/reports/presence-events";
import { listCompanyNames } from "@/db/queries/reports/company-names";
import type { Transaction } from "@/db/client";
import { narrowScope, readWithin, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { momentEnd, openAt, whoWasOn, type MomentAsk } from "@/lib/domain/presence/who-was-on";
import { momentAsked, type WhoWasOnQuery, type WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import type { Stretch, TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { AppError } from "@/lib/errors";
import { AccessDenied } from "../access/denied";
import { readSettings } from "../settings/read-settings";
import type { ReportService } from "./report-service";

/** The account or the computer asked about, or both. */
interface Asked {
  accountId: number | null;
  computerId: number | null;
}

/**
 * Who was on the computer, or where the account was, by name of account and then computer.
 *
 * @throws AppError `invalid` without an account and a computer, and for a moment still to come; AccessDenied
 * `not_found` for one that the scope does not hold.
 */
export const readWhoWasOn = (async (scope, { query, zone, now, signal }) => {
  const at = momentAsked(query, now, zone);
  if (at > now) throw invalid("at", "lies in the future");
  const asked = { accountId: query.account ?? null, computerId: query.computer ?? null };
  if (asked.accountId === null && asked.computerId === null) {
    throw invalid("computer", "is missing; give the id of a computer, or of an account");
  }
  const { longestSessionHours } = await readSettings();
  const ask = { at, now, maxSessionHours: longestSessionHours };
  return readWithin(
    scope,
    async (tx) => {
      const own = await companyOfAsked(tx, scope, asked);
      const events = own ? await readMoment(tx, own, asked, ask) : [];
      if (!own || events.length === 0) return [];
      const stretches = whoWasOn(events, ask);
      const rows = await toRows(tx, own, stretches, events);
      return rows.filter((row) => isWanted(row, query)).toSorted(byName);
    },
    signal,
  );
}) satisfies ReportService<WhoWasOnQuery, WhoWasOnRow>;

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", `${field}: ${message}`, [{ field, message }]);
}

/** The company that both are of; null when they are of two companies, so that one was never on the other. */
async function companyOfAsked(
  tx: Transaction,
  scope: CompanyScope,
  { accountId, computerId }: Asked,
): Promise<CompanyWriteScope | null> {
  const find = async (table: "accounts" | "computers", id: number | null) => {
    if (id === null) return null;
    const [found] = await findNamed(tx, scope, table, [id]);
    if (found) return found.companyId;
    const targetType = table === "accounts" ? "account" : "computer";
    throw new AccessDenied("not_found", { action: "events:read", companyId: null, targetType, targetId: id });
  };
  const account = await find("accounts", accountId);
  const computer = await find("computers", computerId);
  if (account !== null && computer !== null && account !== computer) return null;
  return narrowScope(scope, (account ?? computer)!);
}

/** What decided up to the moment, and what ended first afterwards what was open at it. */
async function readMoment(
  tx: Transaction,
  own: CompanyWriteScope,
  asked: Asked,
  ask: MomentAsk,
): Promise<TimeSpentEvent[]> {
  const before = await listDecidingEvents(tx, own, asked, ask.at);
  const open = openAt(before, ask);
  const later = { from: ask.at + 1, until: momentEnd(ask) };
  const computerIds = [...new Set(open.map((seat) => seat.computerId))];
  const [ownEvents, ofComputers] = await Promise.all([
    listNextOwnEvents(tx, own, open, later),
    listNextComputerEvents(tx, own, computerIds, later),
  ]);
  return [...before, ...ownEvents, ...ofComputers];
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

/** A sleep that began a pause names somebody else, so not every name stands in the proof. */
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

function isWanted(row: WhoWasOnRow, { site, q }: WhoWasOnQuery): boolean {
  if (site !== undefined && row.opened.siteId !== site) return false;
  const search = nameKey(cleanSearch(q ?? ""));
  return nameKey(row.userName).includes(search) || nameKey(row.computerName).includes(search);
}

function byName(a: WhoWasOnRow, b: WhoWasOnRow): number {
  const key = (row: WhoWasOnRow) => `${nameKey(row.userName)}\n${nameKey(row.computerName)}`;
  return key(a) < key(b) ? -1 : Number(key(a) > key(b));
}
