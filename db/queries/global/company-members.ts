import { sql } from "drizzle-orm";
import { database } from "../../client";

export interface MemberName extends Record<string, unknown> {
  userId: number;
  username: string;
  email: string;
}

/** The company's active members by username, up to `limit`. Unscoped: the caller proves who may list them. */
export async function listActiveMembers(companyId: number, limit: number): Promise<MemberName[]> {
  const rows = await database().execute<MemberName>(sql`
    select u.id as "userId", u.username, u.email
    from app_auth_user_companies m join app_auth_users u on u.id = m.user_id
    where m.company_id = ${companyId} and u.is_active
    order by lower(u.username), u.id limit ${limit}`);
  return [...rows];
}
