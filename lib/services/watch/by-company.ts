import type { Transaction } from "@/db/client";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { CompaniesFailed } from "./companies-failed";
import { isDatabaseOutage, isNodeOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";

/**
 * Hands each company's rows to `work`, in a transaction of that company's own. Rows keep their order.
 *
 * @throws CompaniesFailed at the end where it failed for some: these keep none of the others waiting.
 */
export async function writeByCompany<Row extends { companyId: number }>(
  rows: readonly Row[],
  work: (tx: Transaction, scope: CompanyWriteScope, rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  const byCompany = new Map<number, Row[]>();
  for (const row of rows) {
    const own = byCompany.get(row.companyId);
    if (own) own.push(row);
    else byCompany.set(row.companyId, [row]);
  }
  await forEachCompany(byCompany.keys(), async (companyId) => {
    const scope = operatorScope(companyId);
    await writeWithin(scope, (tx) => work(tx, scope, byCompany.get(companyId)!));
  });
}

/**
 * Does the work for one company after the other. @throws CompaniesFailed at the end where it failed for some, and at once
 * the error of a database that can't be reached.
 */
export async function forEachCompany(
  companyIds: Iterable<number>,
  work: (companyId: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const companyId of companyIds) {
    try {
      await work(companyId);
    } catch (error) {
      // No company's can be done then, and each would wait to find that out.
      if (isDatabaseOutage(error) && !isNodeOutage(error)) throw error;
      failures.push(error);
      logger.error({ err: error, companyId }, "A job failed for a company; trying again");
    }
  }
  if (failures.length > 0) throw new CompaniesFailed(failures);
}

/** A reference of a notification, or nothing to spread where there is none. */
export function siteOf({ siteId, site }: { siteId: number | null; site: string | null }) {
  return siteId === null || site === null ? {} : { site: { id: siteId, name: site } };
}
