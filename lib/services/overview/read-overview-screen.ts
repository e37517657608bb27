import type { CompanyScope } from "@/db/scope";
import type { CompaniesQuery } from "@/lib/domain/reports/companies";
import type { CompanyFigures, Compared } from "@/lib/domain/reports/company-columns";
import { previousRange } from "@/lib/domain/reports/previous-range";
import type { ReportAsk } from "@/lib/domain/reports/report";
import type { ReportRange } from "@/lib/domain/reports/report-range";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import {
  inSeconds,
  readCompaniesOverview,
  readCompanyFigures,
  readCompanyHours,
  sortCompanies,
} from "../reports/companies";
import { runReport } from "../reports/report-queue";

/** In seconds; null when they could not be counted, which is in the log. */
type ComingHours = Promise<Compared | null>;
/** The same in milliseconds, as they are added up. */
type ComingTimes = Promise<Compared | null>;

export interface OverviewScreen {
  rows: (CompanyFigures & { hours: ComingHours })[];
  /** Of all rows together. */
  hours: ComingHours;
  before: ReportRange;
}

/**
 * What the overview shows the reader: the figures at once, the hours as they are counted, one company after the other.
 * Only an order by hours waits for all of them. @throws as runReport for that order.
 */
export async function readOverviewScreen(
  scope: CompanyScope,
  ask: ReportAsk<CompaniesQuery>,
  reader: string,
): Promise<OverviewScreen> {
  const before = previousRange(ask.range, ask.query, ask.now, ask.zone);
  const isByHours = ask.query.sort.endsWith("activeSeconds");
  if (isByHours) {
    const whole = await runReport({ reader, scope, signal: ask.signal }, (own) =>
      readCompaniesOverview(own, ask),
    );
    const rows = whole.map(({ activeSeconds, ...row }) => ({
      ...row,
      hours: Promise.resolve(activeSeconds),
    }));
    return { rows, hours: together(whole.map(({ activeMs }) => Promise.resolve(activeMs))), before };
  }
  const figures = sortCompanies(await readCompanyFigures(scope, ask), ask.query.sort);
  let last: ComingTimes = Promise.resolve(null);
  const times = figures.map(({ companyId }) => {
    last = last.then(() => readTimes(scope, companyId, ask, reader));
    return last;
  });
  const rows = figures.map((row, place) => ({ ...row, hours: rounded(times[place]!) }));
  return { rows, hours: together(times), before };
}

async function readTimes(
  scope: CompanyScope,
  companyId: number,
  ask: ReportAsk<CompaniesQuery>,
  reader: string,
): ComingTimes {
  try {
    return ask.signal?.aborted ? null : await readCompanyHours(scope, companyId, ask, reader);
  } catch (error) {
    // A busy server is no error of anybody's, and the screen says that they are missing.
    const isBusy = isAppError(error) && error.code === "limited";
    if (!isBusy) logger.error({ err: error, companyId }, "Can't count a company's events by hour");
    return null;
  }
}

async function rounded(times: ComingTimes): ComingHours {
  const known = await times;
  return known && inSeconds(known);
}

/** The sum of all times, rounded once. */
async function together(times: readonly ComingTimes[]): ComingHours {
  const all = await Promise.all(times);
  const known = all.filter((one) => one !== null);
  if (known.length < all.length) return null;
  return inSeconds({
    current: known.reduce((sum, { current }) => sum + current, 0),
    previous: known.reduce((sum, { previous }) => sum + previous, 0),
  });
}
