import { database } from "@/db/client";
import type { Actor } from "@/lib/domain/actor";
import { ianaZone } from "@/lib/domain/zones";
import type { TableSource } from "@/lib/services/tables/table-source";
import type { TestCompany } from "./stored-events";

const LONDON = ianaZone("Europe/London");

/** Who administers the portal, and so may read every table. */
export const PORTAL_ADMINISTRATOR: Actor = { userId: 1, globalRole: "GlobalAdmin", memberships: [] };

/** A table of the company as an administrator asks for it now; throws what the API answers 400 for. */
export function openTable(source: TableSource, company: TestCompany, params: Record<string, string>) {
  return source.open({
    scope: company.scope,
    params: new URLSearchParams(params),
    viewZone: LONDON,
    actor: PORTAL_ADMINISTRATOR,
    companyNames: null,
    now: Date.now(),
    signal: new AbortController().signal,
  });
}

/** The rows of such a table, as its files and its JSON have them. */
export async function rowsOf(source: TableSource, company: TestCompany, params: Record<string, string>) {
  const rows: unknown[] = [];
  for await (const batch of openTable(source, company, params).batches()) {
    for (const row of batch) rows.push(row);
  }
  return rows;
}

/** What the table can't be asked without, of the company's first account or computer. */
export async function neededOf(
  { needs }: TableSource,
  { companyId }: TestCompany,
): Promise<Record<string, string>> {
  if (!needs) return {};
  const [name] = needs;
  const [row] = await database().execute<{ id: number }>(
    `select min(id) as id from ${name}s where company_id = ${companyId}`,
  );
  return { [name!]: String(row!.id) };
}
