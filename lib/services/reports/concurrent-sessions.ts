import type { Transaction } from "@/db/client";
import { FIRST_EVENT_MS } from "@/db/queries/reports/time-spent-events";
import { listCompanyNames } from "@/db/queries/reports/company-names";
import { readNames } from "@/db/queries/reports/time-spent-names";
import { narrowScope, readWithin, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import { concurrentSessions, type SeatSpans } from "@/lib/domain/presence/concurrent-sessions";
import { presenceMachine } from "@/lib/domain/presence/who-was-on";
import { concurrentColumns, type ConcurrentSessionRow } from "@/lib/domain/reports/concurrent-columns";
import type { ConcurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import type { ReportAsk } from "@/lib/domain/reports/report";
import {
  countedRange,
  firstRelevantAt,
  openEnd,
  type TimeSpentRange,
} from "@/lib/domain/time-spent/compute-stretches";
import type { StretchKind } from "@/lib/domain/time-spent/stretch-machine";
import { readSettings } from "../settings/read-settings";
import { feedEvents } from "./feed-events";
import { assertRowsFit } from "./report-bounds";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns } from "./take-turns";

/** How long agents and pages may have to wait for the next turn of the event loop. */
const TURN_MILLISECONDS = 8;

type Ask = ReportAsk<ConcurrentSessionsQuery>;
type Spans = Record<StretchKind, number[]>;

/** Every time during which an account was on several computers of its company, in the order asked for. */
export async function readConcurrentSessions(
  scope: CompanyScope,
  ask: Ask,
): Promise<readonly ConcurrentSessionRow[]> {
  const { range, now, signal } = ask;
  const turns = new TakeTurns(TURN_MILLISECONDS, signal);
  const { longestSessionHours } = await readSettings();
  const asked: TimeSpentRange = countedRange({ ...range, now, maxSessionHours: longestSessionHours });
  const companies = await readWithin(scope, (tx) => listCompanyNames(tx, scope));
  const rows: ConcurrentSessionRow[] = [];
  for (const [id, name] of companies) {
    signal?.throwIfAborted();
    const own = narrowScope(scope, id)!;
    const held = rows.length;
    const found = await readWithin(own, (tx) => readCompany(tx, own, name, ask, asked, turns, held), signal);
    for (const row of found) rows.push(row);
  }
  return sortInTurns(rows, orderOf(ask.query.sort), turns);
}

async function readCompany(
  tx: Transaction,
  own: CompanyWriteScope,
  companyName: string,
  { query }: Ask,
  range: TimeSpentRange,
  turns: TakeTurns,
  rowsBefore: number,
): Promise<ConcurrentSessionRow[]> {
  const seatsOf = [...(await readSeats(tx, own, query, range, turns))].filter(
    ([, seats]) => seats.length > 1,
  );
  const computerIds = new Set(seatsOf.flatMap(([, seats]) => seats.map(({ computerId }) => computerId)));
  const [accounts, computers] = await Promise.all([
    readNames(
      tx,
      own,
      "accounts",
      seatsOf.map(([accountId]) => accountId),
    ),
    readNames(tx, own, "computers", [...computerIds]),
  ]);
  const search = nameKey(cleanSearch(query.q ?? ""));
  const rows: ConcurrentSessionRow[] = [];
  for (const [accountId, seats] of seatsOf) {
    // Of one account that overlaps all day, a year may hold thousands.
    for (const { computerIds: ids, ...session } of concurrentSessions(seats, query.count)) {
      if (turns.isOver()) await turns.giveWay();
      if (query.computer !== undefined && !ids.includes(query.computer)) continue;
      const row = {
        companyId: own.companyId,
        companyName,
        accountId,
        userName: accounts.get(accountId) ?? `account ${accountId}`,
        computers: ids
          .map((id) => ({ id, name: computers.get(id) ?? `computer ${id}` }))
          .toSorted((one, other) => byText(nameKey(one.name), nameKey(other.name))),
        ...session,
      };
      if (search !== "" && !namesOf(row).some((name) => name.includes(search))) continue;
      rows.push(row);
      assertRowsFit(rowsBefore + rows.length);
    }
    if (turns.isOver()) await turns.giveWay();
  }
  return rows;
}

function namesOf({ userName, computers }: ConcurrentSessionRow): string[] {
  return [userName, ...computers.map(({ name }) => name)].map(nameKey);
}

/** Each account's time on its computers, cut to the range. */
async function readSeats(
  tx: Transaction,
  own: CompanyWriteScope,
  query: ConcurrentSessionsQuery,
  range: TimeSpentRange,
  turns: TakeTurns,
): Promise<ReadonlyMap<number, SeatSpans[]>> {
  const byAccount = new Map<number, { computerId: number; spans: Spans }[]>();
  const end = openEnd(range);
  const machine = presenceMachine(range.maxSessionHours, end, (seat, kind, start, to) => {
    const from = Math.max(start, range.from);
    const until = Math.min(to, end);
    if (from < until) spansOf(byAccount, seat)[kind].push(from, until);
  });
  const match = {
    from: Math.max(firstRelevantAt(range), FIRST_EVENT_MS),
    to: range.to,
    computerId: null,
    siteId: query.site ?? null,
    accountIds: query.account === undefined ? null : [query.account],
  };
  if (match.from >= match.to) return byAccount;
  await feedEvents(tx, own, match, turns, (computerId, accountId, kindCode, at) =>
    machine.accept(accountId, computerId, kindCode, at),
  );
  machine.close(end);
  return byAccount;
}

function spansOf(
  byAccount: Map<number, { computerId: number; spans: Spans }[]>,
  { accountId, computerId }: { accountId: number; computerId: number },
): Spans {
  let seats = byAccount.get(accountId);
  if (seats === undefined) byAccount.set(accountId, (seats = []));
  // Computers come one after another, so it is the last one or one that machine.close() tells of.
  let seat = seats.findLast((known) => known.computerId === computerId);
  if (seat === undefined) {
    seat = { computerId, spans: { active: [], locked: [], uncertain: [] } };
    seats.push(seat);
  }
  return seat.spans;
}

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** In the order asked for; equal rows stand newest first, then by account. */
function orderOf(word: string): (a: ConcurrentSessionRow, b: ConcurrentSessionRow) => number {
  const columns = concurrentColumns(true);
  const asked = rowOrder(word, columns)!;
  const account = rowOrder("userName", columns)!;
  return (a, b) =>
    asked(a, b) || b.from - a.from || account(a, b) || a.companyId - b.companyId || a.accountId - b.accountId;
}
