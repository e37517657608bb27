import { sql } from "drizzle-orm";
import { database } from "../../client";
import type { CompanyScope } from "../../scope";
import { companySql } from "../../scope-sql";
import { likePattern } from "../like";
import { pgArray } from "../pg-array";

export interface MemberListRow extends Record<string, unknown> {
  company_id: number;
  company_name: string;
  user_id: number;
  username: string;
  email: string;
  role: string;
  global_role: string;
  is_active: boolean;
  is_waiting: boolean;
  is_invited: boolean;
  mfa_enabled: boolean;
  /** Epoch milliseconds, as below. */
  created_ms: string;
  last_sign_in_ms: string | null;
}

/**
 * The members of the scope's companies who have one of the global roles, by company and username, up to `most` rows.
 * The search looks into the company's name where several companies stand together.
 * Users have no row-level security: the scope and the roles are the fence.
 */
export function listMembers(
  scope: CompanyScope,
  { search, globalRoles, most }: { search: string; globalRoles: readonly string[]; most: number },
) {
  const pattern = likePattern(search);
  const orCompany = scope.companyIds.length === 1 ? sql`` : sql`or c.name ilike ${pattern}`;
  return database().execute<MemberListRow>(sql`
    select m.company_id, c.name as company_name, u.id as user_id, u.username, u.email, m.role, u.role as global_role,
      u.is_active, not u.is_active and u.is_self_registered and u.last_sign_in_at is null as is_waiting,
      u.invited_until is not null as is_invited, u.mfa_enabled,
      extract(epoch from u.created_at) * 1000 as created_ms,
      extract(epoch from u.last_sign_in_at) * 1000 as last_sign_in_ms
    from app_auth_user_companies m
    join app_auth_users u on u.id = m.user_id
    join app_auth_companies c on c.id = m.company_id
    where ${companySql(scope, "m.company_id")} and u.role = any(${pgArray(globalRoles)}::text[])
      and (u.username ilike ${pattern} or u.email ilike ${pattern} ${orCompany})
    order by lower(c.name), m.company_id, lower(u.username), u.id
    limit ${most}`);
}
