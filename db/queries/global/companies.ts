import type { Transaction } from "../../client";
import { companies } from "../../schema/companies";

/** Unscoped, because the company is only now being made. @throws a unique violation when the name is taken in any case. */
export async function insertCompany(tx: Transaction, company: { name: string; description: string | null }): Promise<number> {
  const [row] = await tx.insert(companies).values(company).returning({ id: companies.id });
  return row!.id;
}
