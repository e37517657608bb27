import type { Transaction } from "@/db/client";
import { FIRST_EVENT_MS, type TimeSpentMatch } from "@/db/queries/reports/time-spent-events";
import { matchAccounts, readNames } from "@/db/queries/reports/time-spent-names";
import type { CompanyScope, CompanyWriteScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import { nameKey } from "@/lib/domain/events/wire";
import type { TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import { firstRelevantAt } from "@/lib/domain/time-spent/compute-stretches";
import type { TimeSpentOptions } from "@/lib/domain/time-spent/time-spent-row";
import { TimeSpentTally, type TimeSpentRowsAsked } from "@/lib/domain/time-spent/time-spent-tally";
import type { FinishedTimeSpent } from "@/lib/domain/time-spent/row-book";
import type { StoredPart } from "@/lib/domain/time-spent/stored-tally";
import type { StoredMonth } from "@/db/queries/time-spent/read-stored";
import { feedEvents } from "./feed-events";
import { feedStoredDetails, feedStoredTime } from "./feed-stored-time";
import { assertRowsFit } from "./report-bounds";
import type { TakeTurns } from "./take-turns";

/** Searches that find more accounts than this look at every account's events and choose among the rows. */
const MOST_SEARCHED_ACCOUNTS = 100;

/**
 * The Time Spent rows of one company in the engine's order, read and counted in turns, `rowsBefore` being held already.
 *
 * @throws AppError `invalid` when there are more rows or events than a report may hold.
 */
export async function tallyCompany(
  tx: Transaction,
  scope: CompanyWriteScope,
  query: TimeSpentQuery,
  options: TimeSpentOptions,
  turns: TakeTurns,
  rowsBefore = 0,
): Promise<FinishedTimeSpent> {
  const search = nameKey(cleanSearch(query.q ?? ""));
  const match: TimeSpentMatch = {
    from: Math.max(firstRelevantAt(options), FIRST_EVENT_MS),
    to: options.to,
    computerId: query.computer ?? null,
    siteId: query.site ?? null,
    accountIds: await accountsAsked(tx, scope, query, search),
  };
  if (match.from >= match.to || match.accountIds?.length === 0) return { rows: [], times: new Map() };
  const tally = new TimeSpentTally(options, match.accountIds);
  let months: ReadonlyMap<StoredPart, StoredMonth> = new Map();
  await feedEvents(
    tx,
    scope,
    match,
    turns,
    (computerId, accountId, kindCode, at) => tally.add(accountId, computerId, kindCode, at),
    async (computers) => {
      const asked = { from: match.from, countedFrom: options.from, to: match.to };
      const stored = await feedStoredTime(tx, scope, asked, computers, tally.stored, turns);
      months = stored.months;
      return stored.starts;
    },
  );
  tally.seen();
  await feedStoredDetails(tx, scope, months, tally.stored, turns);
  const { accountIds, computerIds } = tally.seen();
  const [accounts, computers] = await Promise.all([
    readNames(tx, scope, "accounts", accountIds),
    readNames(tx, scope, "computers", computerIds),
  ]);
  const names = {
    account: (id: number) => accounts.get(id) ?? `account ${id}`,
    computer: (id: number) => computers.get(id) ?? `computer ${id}`,
  };
  const keeps: TimeSpentRowsAsked["keeps"] = ({ userName, computerName }) =>
    nameKey(userName).includes(search) || (computerName !== null && nameKey(computerName).includes(search));
  const asked = { per: query.per, ...(search !== "" && { keeps }) };
  return finish(tally.finishInSteps(names, asked), turns, rowsBefore);
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

async function finish(
  steps: Generator<number, FinishedTimeSpent>,
  turns: TakeTurns,
  rowsBefore: number,
): Promise<FinishedTimeSpent> {
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
    assertRowsFit(rowsBefore + value);
    if (turns.isOver()) await turns.giveWay();
  }
}
