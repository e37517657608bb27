import { sql, type SQL } from "drizzle-orm";
import type { MemberState } from "@/lib/domain/reports/member-columns";
import { database } from "../../client";
import { likePattern } from "../like";
import { pgArray } from "../pg-array";

/** Which users an administrator may list (docs/domain.md, section 4), as SQL can filter them. */
export type UserReach =
  /** A GlobalAdmin's: everyone. */
  | { kind: "all" }
  /** An Admin's: no GlobalAdmin; in one of these companies, or in none at all. */
  | { kind: "admin"; companyIds: readonly number[] }
  /** Within one company: its members; only those of the given global roles. */
  | { kind: "company"; companyId: number; globalRoles: readonly string[] };

export interface UserFilter {
  search: string;
  globalRole: string | null;
  companyId: number | null;
  companyRole: string | null;
  state: MemberState | null;
  mfa: "on" | "off" | null;
}

const IS_WAITING = sql`not u.is_active and u.is_self_registered and u.last_sign_in_at is null`;

/** Which memberships `m` the reader may know of: a filter by others would tell of them. */
function shownMemberships(reach: UserReach): SQL {
  if (reach.kind === "all") return sql`true`;
  if (reach.kind === "company") return sql`m.company_id = ${reach.companyId}`;
  return sql`m.company_id = any(${pgArray(reach.companyIds)}::int[])`;
}

function reachCondition(reach: UserReach): SQL {
  if (reach.kind === "all") return sql`true`;
  if (reach.kind === "company") {
    return sql`u.role = any(${pgArray(reach.globalRoles)}::text[]) and exists (select from app_auth_user_companies m
      where m.user_id = u.id and ${shownMemberships(reach)})`;
  }
  return sql`u.role in ('Admin', 'User') and (
    not exists (select from app_auth_user_companies m where m.user_id = u.id)
    or exists (select from app_auth_user_companies m
      where m.user_id = u.id and ${shownMemberships(reach)}))`;
}

function conditions(reach: UserReach, filter: UserFilter): SQL {
  const pattern = likePattern(filter.search);
  const parts = [reachCondition(reach), sql`(u.username ilike ${pattern} or u.email ilike ${pattern})`];
  if (filter.globalRole) parts.push(sql`u.role = ${filter.globalRole}`);
  if (filter.state === "active") parts.push(sql`u.is_active`);
  if (filter.state === "inactive") parts.push(sql`not u.is_active`);
  if (filter.state === "waiting") parts.push(IS_WAITING);
  if (filter.state === "invited") parts.push(sql`u.invited_until is not null`);
  if (filter.mfa) parts.push(filter.mfa === "on" ? sql`u.mfa_enabled` : sql`not u.mfa_enabled`);
  if (filter.companyId || filter.companyRole) {
    parts.push(sql`exists (select from app_auth_user_companies m
      where m.user_id = u.id and ${shownMemberships(reach)}
      ${filter.companyId ? sql`and m.company_id = ${filter.companyId}` : sql``}
      ${filter.companyRole ? sql`and m.role = ${filter.companyRole}` : sql``})`);
  }
  return sql.join(parts, sql` and `);
}

/** Ids of the users in reach by username from behind `after` on. Unscoped: the reach is the fence. */
export async function listUserIds(
  reach: UserReach,
  filter: UserFilter,
  { after, limit }: { after: { name: string; id: number } | null; limit: number },
): Promise<{ id: number; username: string }[]> {
  const rows = await database().execute<{ id: number; username: string }>(sql`
    select u.id, u.username from app_auth_users u
    where ${conditions(reach, filter)}
      ${after ? sql`and (lower(u.username), u.id) > (lower(${after.name}), ${after.id})` : sql``}
    order by lower(u.username), u.id
    limit ${limit}`);
  return [...rows];
}

/** How many users in reach the filter finds, and how many in reach wait for their first activation. */
export async function countUsers(
  reach: UserReach,
  filter: UserFilter,
): Promise<{ found: number; waiting: number }> {
  const [row] = await database().execute<{ found: number; waiting: number }>(sql`
    select (select count(*)::int from app_auth_users u where ${conditions(reach, filter)}) as found,
      (select count(*)::int from app_auth_users u where ${reachCondition(reach)} and ${IS_WAITING}) as waiting`);
  return row!;
}
