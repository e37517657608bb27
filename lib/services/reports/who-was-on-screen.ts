import { findNamed } from "@/db/queries/events/match-names";
import { hasAnyEvent } from "@/db/queries/events/read-event";
import { findNeighbours } from "@/db/queries/reports/presence-events";
import { FIRST_EVENT_MS } from "@/db/queries/reports/time-spent-events";
import { narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { momentAsked, type WhoWasOnQuery, type WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import { readWhoWasOn } from "./who-was-on";

const NEIGHBOUR_MS = 31 * 86_400_000;

/** An account or a computer, by its id and its company's. */
export interface NamedSubject {
  id: number;
  companyId: number;
  name: string;
}

export interface WhoWasOnScreen {
  /** The moment, epoch milliseconds. */
  at: number;
  /** It has not come yet, so nothing is known of it. */
  isFuture: boolean;
  account: NamedSubject | null;
  computer: NamedSubject | null;
  rows: WhoWasOnRow[];
  /** Where there are no rows: what was last seen before the moment and first after it, within 31 days. */
  neighbours: { before: EventRow | null; after: EventRow | null } | null;
  hasEvents: boolean;
}

/** All the screen shows. @throws AccessDenied `not_found` for an account or computer outside the scope. */
export async function readWhoWasOnScreen(
  scope: CompanyScope,
  ask: ReportAsk<WhoWasOnQuery>,
): Promise<WhoWasOnScreen> {
  const { query, zone, now } = ask;
  const at = momentAsked(query, now, zone);
  const isFuture = at > now;
  const isAsked = query.account !== undefined || query.computer !== undefined;
  // For a future moment, only resolve the subject and check that it is in scope.
  const moment = isFuture ? { ...ask, query: { ...query, at: undefined } } : ask;
  const found = isAsked ? await readWhoWasOn(scope, moment) : [];
  const rows = isFuture ? [] : found;
  const around = await readWithin(scope, async (tx) => {
    const one = async (table: "accounts" | "computers", id: number | undefined) =>
      id === undefined ? null : ((await findNamed(tx, scope, table, [id]))[0] ?? null);
    const account = await one("accounts", query.account);
    const computer = await one("computers", query.computer);
    const own = narrowScope(scope, (account ?? computer)?.companyId ?? 0);
    const whose = { accountId: account?.id ?? null, computerId: computer?.id ?? null };
    const window = { from: Math.max(at - NEIGHBOUR_MS, FIRST_EVENT_MS), until: at + NEIGHBOUR_MS };
    const isNobody = own !== null && !isFuture && rows.length === 0;
    return {
      account,
      computer,
      neighbours: isNobody ? await findNeighbours(tx, own, whose, at, window) : null,
      hasEvents: await hasAnyEvent(tx, scope),
    };
  });
  return { at, isFuture, rows, ...around };
}
