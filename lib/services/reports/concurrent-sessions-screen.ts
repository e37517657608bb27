import type { CompanyScope } from "@/db/scope";
import type { ConcurrentSessionRow } from "@/lib/domain/reports/concurrent-columns";
import type { ConcurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { readConcurrentSessions } from "./concurrent-sessions";
import { numberedPage, type NumberedPage } from "./row-page";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";

export interface ConcurrentSessionsScreen extends NumberedPage<ConcurrentSessionRow>, ScreenSurroundings {}

/** What the screen shows; `page` is the number that the address names, if any. */
export async function readConcurrentSessionsScreen(
  scope: CompanyScope,
  ask: ReportAsk<ConcurrentSessionsQuery>,
  page: string,
): Promise<ConcurrentSessionsScreen> {
  const [rows, surroundings] = await Promise.all([
    readConcurrentSessions(scope, ask),
    readSurroundings(scope, ask.query),
  ]);
  return { ...numberedPage(rows, page), ...surroundings };
}
