import type { Transaction } from "@/db/client";
import {
  estimateTimeSpentEvents,
  FIRST_EVENT_MS,
  listTimeSpentComputers,
  PackedEvents,
  readPackedEvents,
  type TimeSpentMatch,
} from "@/db/queries/reports/time-spent-events";
import { matchAccounts, readNames } from "@/db/queries/reports/time-spent-names";
import type { CompanyScope, CompanyWriteScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { firstRelevantAt } from "@/lib/domain/time-spent/compute-stretches";
import type { TimeSpentNames, TimeSpentOptions, TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { TimeSpentTally } from "@/lib/domain/time-spent/time-spent-tally";
import type { TakeTurns } from "./take-turns";

/** Events of one statement: enough that its own cost vanishes, few enough to hold two such answers in memory. */
const EVENTS_AT_ONCE = 100_000;
const EVENTS_BETWEEN_LOOKS = 2_000;
/** Searches that find more accounts than this look at every account's events and choose among the rows. */
const MOST_SEARCHED_ACCOUNTS = 100;

/** The Time Spent rows of one company in the engine's order, read and counted in turns. */
export async function tallyCompany(
  tx: Transaction,
  scope: CompanyWriteScope,
  query: TimeSpentQuery,
  options: TimeSpentOptions,
  turns: TakeTurns,
): Promise<TimeSpentRow[]> {
  const search = nameKey(cleanSearch(query.q ?? ""));
  const match: TimeSpentMatch = {
    from: Math.max(firstRelevantAt(options), FIRST_EVENT_MS),
    to: options.to,
    computerId: query.computer ?? null,
    siteId: query.site ?? null,
    accountIds: await accountsAsked(tx, scope, query, search),
  };
  if (match.from >= match.to || match.accountIds?.length === 0) return [];
  const tally = new TimeSpentTally(options);
  for await (const events of computersInTurn(tx, scope, match)) {
    await addAll(tally, events, turns);
  }
  const { accountIds, computerIds } = tally.seen();
  const [accounts, computers] = await Promise.all([
    readNames(tx, scope, "accounts", accountIds),
    readNames(tx, scope, "computers", computerIds),
  ]);
  const names = {
    account: (id: number) => accounts.get(id) ?? `account ${id}`,
    computer: (id: number) => computers.get(id) ?? `computer ${id}`,
  };
  const rows = await finish(tally, names, turns);
  return search === "" ? rows : rows.filter((row) => hasInName(row, search));
}

function hasInName({ userName, computerName }: TimeSpentRow, search: string): boolean {
  return (
    nameKey(userName).includes(search) || (computerName !== null && nameKey(computerName).includes(search))
  );
}

/** The accounts to which reading can be kept without losing a row; null when that is all of them, or too many. */
async function accountsAsked(
  tx: Transaction,
  scope: CompanyScope,
  { account, group_by }: TimeSpentQuery,
  search: string,
): Promise<readonly number[] | null> {
  if (account !== undefined) return [account];
  // Where a row names its computer, the search may have found that.
  if (search === "" || group_by !== "user") return null;
  return matchAccounts(tx, scope, search, MOST_SEARCHED_ACCOUNTS);
}

/** The computers' events, PostgreSQL reading those of the next computers while the last ones are being counted. */
async function* computersInTurn(
  tx: Transaction,
  scope: CompanyWriteScope,
  match: TimeSpentMatch,
): AsyncGenerator<PackedEvents> {
  const [computers, events] = await Promise.all([
    listTimeSpentComputers(tx, scope, match),
    estimateTimeSpentEvents(tx, scope, match),
  ]);
  const statements = Math.min(Math.max(1, Math.ceil(events / EVENTS_AT_ONCE)), computers.length);
  const size = Math.ceil(computers.length / statements);
  const read = (turn: number) => {
    const slice = computers.slice(turn * size, (turn + 1) * size);
    if (slice.length === 0) return null;
    const answer = readPackedEvents(tx, scope, slice, match);
    answer.catch(() => undefined); // looked at in its turn
    return answer;
  };
  let next = read(0);
  for (let turn = 1; next !== null; turn += 1) {
    const rows = await next;
    next = read(turn);
    for (const row of rows) yield new PackedEvents(row);
  }
}

async function addAll(tally: TimeSpentTally, events: PackedEvents, turns: TakeTurns): Promise<void> {
  const { computerId, length } = events;
  for (let done = 0; done < length; done += EVENTS_BETWEEN_LOOKS) {
    const end = Math.min(done + EVENTS_BETWEEN_LOOKS, length);
    events.each(done, end, (accountId, kindCode, at) => tally.add(accountId, computerId, kindCode, at));
    if (turns.isOver()) await turns.giveWay();
  }
}

async function finish(
  tally: TimeSpentTally,
  names: TimeSpentNames,
  turns: TakeTurns,
): Promise<TimeSpentRow[]> {
  const steps = tally.finishInSteps(names);
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
    if (turns.isOver()) await turns.giveWay();
  }
}
