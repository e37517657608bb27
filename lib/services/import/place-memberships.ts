import { findMembershipRole, insertMembership } from "@/db/queries/global/import-people";
import { integerOf, textOf } from "@/lib/domain/import/stored-value";
import type { StructureWork } from "./import-run";

/**
 * Adds the memberships that are missing; one that is there keeps its role, and one that an earlier run knew and that was
 * removed here stays removed.
 */
export async function placeMemberships(
  { run, tx, tally, former }: StructureWork,
  users: ReadonlyMap<number, number>,
  companies: ReadonlyMap<number, number>,
): Promise<void> {
  const rows = await run.database.all("app_auth_user_companies");
  tally.read = rows.length;
  for (const row of rows) {
    const label = `number ${String(row.id)}`;
    const userId = users.get(integerOf(row.user_id) ?? 0);
    const companyId = companies.get(integerOf(row.company_id) ?? 0);
    if (userId === undefined || companyId === undefined) {
      tally.skip("its user or company was not imported", label);
      continue;
    }
    const role = textOf(row.role) === "CompanyAdmin" ? "CompanyAdmin" : "User";
    const roleHere = await findMembershipRole(tx, userId, companyId);
    // By the ids here, so that a company that is made anew gets its members again.
    const original = `${userId} ${companyId}`;
    if (roleHere !== null) tally.present += 1;
    else if (former.has("membership", original)) tally.skip("was removed here; stays removed", label);
    else {
      await insertMembership(tx, { userId, companyId, role });
      tally.written += 1;
    }
    former.remember("membership", original, null);
    if (roleHere !== null && roleHere !== role)
      tally.note(`has another role here (${roleHere}); unchanged`, label);
  }
}
