import type { Transaction } from "@/db/client";
import { operatorScope, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { forEachCompany } from "../jobs/companies-failed";

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

/** A reference of a notification, or nothing to spread where there is none. */
export function siteOf({ siteId, site }: { siteId: number | null; site: string | null }) {
  return siteId === null || site === null ? {} : { site: { id: siteId, name: site } };
}
