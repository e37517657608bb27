import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Effort } from "@/db/queries/events/effort";
import type { CompanyScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import {
  DEFAULT_REQUEST,
  NO_FILTERS,
  type EventFilters,
  type EventOrder,
  type EventsRequest,
} from "@/lib/domain/events/filters";
import { inEnglish } from "@/lib/english";
import { KIND_TEXT, kindFromCode, type EventKind } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";
import { ianaZone } from "@/lib/domain/zones";
import { listEvents } from "@/lib/services/events/list-events";
import type { SentEvent } from "./stored-events";

export const UTC = ianaZone("UTC");
export const START = Date.UTC(2026, 2, 1, 6);
export const NOW = START + 6 * 3_600_000;
export const NEWEST_FIRST: EventOrder = { by: "time", isDescending: true };
/** So little that every way to the events is taken with a few hundred of them. */
export const LITTLE: Effort = { windowRows: 40, narrowRows: 60, listedNames: 2, shortList: 2 };
const TYPES = ["Logon", "Lock", "Unlock", "Logoff", "4625", "AccountLockout", "Sleep", "PrinterJam"];
const NAMES = ["anna", "Anna.B", "bert", "Çelik", "o'neil", "100%", "a_b", "zoe", "back\\slash"];
const COMPUTERS = ["PC-01", "pc-02", "NB-ANNA", "rds_1"];

export interface Known {
  row: { companyId: number; id: number; at: number; kind: EventKind };
  accountId: number;
  computerId: number;
  siteId: number;
  /** Places in the order of the database's collation. */
  accountRank: number;
  computerRank: number;
  accountKey: string;
  computerKey: string;
  siteName: string;
}

/** Deterministic, uneven and full of ties: three events in ten share their instant with another. */
export function madeEvents(count: number, salt: number): SentEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const dice = (n * 7919 + salt * 104_729) % 10_007;
    return {
      type: TYPES[dice % 97 < 3 ? 4 + (dice % 4) : dice % 4]!,
      user: NAMES[Math.floor((dice % 81) ** 0.5) % NAMES.length]!,
      computer: COMPUTERS[dice % COMPUTERS.length]!,
      at: START + Math.floor(n / 3) * 41_000 + (dice % 10 < 3 ? 0 : dice % 1000),
      site: dice % 13 === 0 ? 2 : dice % 2,
    };
  });
}

/** Every event of the companies, read without a filter. */
export async function readEverything(companyIds: readonly number[]): Promise<Known[]> {
  const rows = await database().execute<Record<string, string>>(sql`
    select e.company_id, e.id, extract(epoch from e.occurred_at) * 1000 as at, e.kind, e.account_id, e.computer_id,
      e.site_id, a.name_key as account_key, c.name_key as computer_key, s.name as site_name,
      dense_rank() over (order by a.name_key) as account_rank, dense_rank() over (order by c.name_key) as computer_rank
    from events e join accounts a on a.company_id = e.company_id and a.id = e.account_id
    join computers c on c.company_id = e.company_id and c.id = e.computer_id
    join sites s on s.company_id = e.company_id and s.id = e.site_id where e.company_id in (${sql.raw(companyIds.join())})`);
  return rows.map((row) => ({
    row: {
      companyId: Number(row.company_id),
      id: Number(row.id),
      at: Number(row.at),
      kind: kindFromCode(Number(row.kind)),
    },
    accountId: Number(row.account_id),
    computerId: Number(row.computer_id),
    siteId: Number(row.site_id),
    accountRank: Number(row.account_rank),
    computerRank: Number(row.computer_rank),
    accountKey: row.account_key!,
    computerKey: row.computer_key!,
    siteName: row.site_name!,
  }));
}

export function request(part: Partial<EventFilters>, rest: Partial<EventsRequest> = {}): EventsRequest {
  const range = { from: START, to: null };
  return { ...DEFAULT_REQUEST, ...rest, filters: { ...NO_FILTERS, range, ...part } };
}

/** The filters as the contract means them, in the plainest way, over everything there is. */
export function naive(
  known: readonly Known[],
  scope: CompanyScope,
  filters: EventFilters,
  order: EventOrder,
): string[] {
  const key = nameKey(filters.search);
  const range = filters.range as { from: number; to: number | null };
  const found = known.filter(
    (event) =>
      scope.companyIds.includes(event.row.companyId) &&
      event.row.at >= range.from &&
      (range.to === null || event.row.at < range.to) &&
      (filters.kinds.length === 0 || filters.kinds.includes(event.row.kind)) &&
      (filters.siteIds.length === 0 || filters.siteIds.includes(event.siteId)) &&
      (filters.accountId === null || filters.accountId === event.accountId) &&
      (filters.computerId === null || filters.computerId === event.computerId) &&
      (event.accountKey.includes(key) || event.computerKey.includes(key)),
  );
  return found.toSorted((a, b) => compare(a, b, order)).map(({ row }) => `${row.companyId}/${row.id}`);
}

const wordOf = (kind: EventKind) => inEnglish({ key: KIND_TEXT[kind] });
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byTime = (a: Known, b: Known) => a.row.at - b.row.at || a.row.id - b.row.id;
const GROUP: Record<EventOrder["by"], (a: Known, b: Known) => number> = {
  time: byTime,
  account: (a, b) => a.accountRank - b.accountRank || a.row.companyId - b.row.companyId,
  computer: (a, b) => a.computerRank - b.computerRank || a.row.companyId - b.row.companyId,
  site: (a, b) =>
    byText(a.siteName.toLowerCase(), b.siteName.toLowerCase()) || a.row.companyId - b.row.companyId,
  kind: (a, b) => byText(wordOf(a.row.kind), wordOf(b.row.kind)) || a.row.companyId - b.row.companyId,
};

function compare(a: Known, b: Known, { by, isDescending }: EventOrder): number {
  return (isDescending ? -1 : 1) * GROUP[by](a, b) || -byTime(a, b);
}

export const spell = (rows: readonly EventRow[]) => rows.map((row) => `${row.companyId}/${row.id}`);

export async function readAll(scope: CompanyScope, asked: EventsRequest, effort: Effort): Promise<string[]> {
  const found: string[] = [];
  for (let page: EventsRequest["page"] = null; ;) {
    const { rows, next } = await listEvents(scope, { ...asked, page }, UTC, NOW, { effort });
    found.push(...spell(rows));
    if (next === null) return found;
    page = { after: next };
  }
}
