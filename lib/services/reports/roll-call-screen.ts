import type { CompanyScope } from "@/db/scope";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { RollCallQuery } from "@/lib/domain/reports/roll-call";
import {
  countBySite,
  countRollCall,
  type RollCallCount,
  type RollCallRow,
  type SiteCount,
} from "@/lib/domain/reports/roll-call-columns";
import { momentAsked } from "@/lib/domain/reports/who-was-on";
import { numberedPage, type NumberedPage } from "./row-page";
import { readRollCall } from "./roll-call";
import { readSurroundings, type ScreenSurroundings } from "./screen-surroundings";

export interface RollCallScreen extends NumberedPage<RollCallRow>, ScreenSurroundings {
  /** The moment, epoch milliseconds. */
  at: number;
  /** It has not come yet, so nothing is known of it. */
  isFuture: boolean;
  /** Of all rows, not only the page. */
  inAll: RollCallCount;
  /** The sites with the most accounts first. */
  bySite: SiteCount[];
}

/** All the screen shows; `page` is the number that the address names, if any. */
export async function readRollCallScreen(
  scope: CompanyScope,
  ask: ReportAsk<RollCallQuery>,
  page: string,
): Promise<RollCallScreen> {
  const at = momentAsked(ask.query, ask.now, ask.zone);
  const isFuture = at > ask.now;
  const [rows, surroundings] = await Promise.all([
    isFuture ? [] : readRollCall(scope, ask),
    readSurroundings(scope, ask.query),
  ]);
  return {
    ...numberedPage(rows, page),
    ...surroundings,
    at,
    isFuture,
    inAll: countRollCall(rows),
    bySite: countBySite(rows).toSorted((a, b) => b.accounts - a.accounts),
  };
}
