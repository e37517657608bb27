import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

export interface MemberRole extends Record<string, unknown> {
  userId: number;
  username: string;
  email: string;
  globalRole: string;
  role: string;
}

/** The company's active members with their roles, by username. */
export async function listMemberRoles(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
): Promise<MemberRole[]> {
  const rows = await tx.execute<MemberRole>(sql`
    select u.id as "userId", u.username, u.email, u.role as "globalRole", m.role
    from app_auth_user_companies m join app_auth_users u on u.id = m.user_id
    where m.company_id = ${companyId} and u.is_active order by lower(u.username), u.id`);
  return [...rows];
}
