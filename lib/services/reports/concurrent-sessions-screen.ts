import { listSiteNames, type SiteName } from "@/db/queries/companies/list-site-names";
import { findNamed } from "@/db/queries/events/match-names";
import { hasAnyEvent } from "@/db/queries/events/read-event";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { ConcurrentSessionRow } from "@/lib/domain/reports/concurrent-columns";
import type { ConcurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { readConcurrentSessions } from "./concurrent-sessions";

const PAGE_ROWS = 100;

export interface ConcurrentSessionsScreen {
  /** One page. */
  rows: ConcurrentSessionRow[];
  rowCount: number;
  /** From 1. */
  page: number;
  pageCount: number;
  hasEvents: boolean;
  sites: SiteName[];
  /** What the list is held to; null when to none, or to one that is not there. */
  accountName: string | null;
  computerName: string | null;
}

/** What the screen shows of page `asked`, or of the last one when there are fewer. */
export async function readConcurrentSessionsScreen(
  scope: CompanyScope,
  ask: ReportAsk<ConcurrentSessionsQuery>,
  asked: number,
): Promise<ConcurrentSessionsScreen> {
  const { account, computer } = ask.query;
  const [rows, around] = await Promise.all([
    readConcurrentSessions(scope, ask),
    readWithin(scope, async (tx) => {
      const one = async (table: "accounts" | "computers", id: number | undefined) =>
        id === undefined ? null : ((await findNamed(tx, scope, table, [id]))[0]?.name ?? null);
      return {
        hasEvents: await hasAnyEvent(tx, scope),
        sites: await listSiteNames(tx, scope),
        accountName: await one("accounts", account),
        computerName: await one("computers", computer),
      };
    }),
  ]);
  const pageCount = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(asked, pageCount);
  const start = (page - 1) * PAGE_ROWS;
  return { rows: rows.slice(start, start + PAGE_ROWS), rowCount: rows.length, page, pageCount, ...around };
}
