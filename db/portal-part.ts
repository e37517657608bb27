import { sql } from "drizzle-orm";
import type { Transaction } from "./client";
import { scopeSettings, type CompanyScope } from "./scope";

/**
 * Does what is the portal's own within the transaction of companies, such as a mail to a person, so that both are kept or
 * neither: as the connecting user, who is behind no row-level security. Afterwards the transaction is theirs again.
 *
 * @throws what the work throws; the transaction must be rolled back then.
 */
export async function doPortalPart<T>(
  tx: Transaction,
  { companyIds }: CompanyScope,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  await tx.execute(sql`set local role none`);
  const result = await work(tx);
  // One by one, as Citus takes them.
  for (const setting of scopeSettings(companyIds)) await tx.execute(sql.raw(setting));
  return result;
}
