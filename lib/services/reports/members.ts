import { listMembers, type MemberListRow } from "@/db/queries/global/list-members";
import type { CompanyScope } from "@/db/scope";
import { cleanSearch } from "@/lib/domain/events/filters";
import type { MembersQuery } from "@/lib/domain/reports/members";
import { MEMBER_COLUMNS, type MemberRow, type MemberState } from "@/lib/domain/reports/member-columns";
import type { ReportAsk } from "@/lib/domain/reports/report";
import { rowOrder } from "@/lib/domain/reports/sort-rows";
import { assertCan } from "../access/denied";
import { visibleGlobalRoles } from "../users/read-users";
import { assertRowsFit, mostRowsToRead } from "./report-bounds";
import { sortInTurns } from "./sort-in-turns";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

/**
 * The members of the scope's companies whom the actor may list, in the order asked for.
 *
 * @throws AccessDenied `forbidden` without an actor who may list the members of every company of the scope.
 */
export async function readMembers(
  scope: CompanyScope,
  { query, actor, signal }: ReportAsk<MembersQuery>,
): Promise<readonly MemberRow[]> {
  if (!actor) throw new Error("Members are read for a signed-in person.");
  for (const companyId of scope.companyIds) assertCan(actor, "user:list", { companyId });
  const found = await listMembers(scope, {
    search: cleanSearch(query.q ?? ""),
    globalRoles: visibleGlobalRoles(actor),
    most: mostRowsToRead(),
  });
  assertRowsFit(found.length);
  const rows = found.filter((row) => isWanted(row, query)).map(toRow);
  return sortInTurns(rows, rowOrder(query.sort, MEMBER_COLUMNS)!, new TakeTurns(TURN_MILLISECONDS, signal));
}

function toRow(row: MemberListRow): MemberRow {
  return {
    companyId: row.company_id,
    companyName: row.company_name,
    userId: row.user_id,
    username: row.username,
    email: row.email,
    role: row.role,
    globalRole: row.global_role,
    state: stateOf(row),
    mfaEnabled: row.mfa_enabled,
    createdAt: Number(row.created_ms),
    lastSignInAt: row.last_sign_in_ms === null ? null : Number(row.last_sign_in_ms),
  };
}

function stateOf(row: MemberListRow): MemberState {
  if (row.is_invited && row.is_active) return "invited";
  if (row.is_waiting) return "waiting";
  return row.is_active ? "active" : "inactive";
}

function isWanted(row: MemberListRow, { role, state, mfa }: MembersQuery): boolean {
  return (
    (role === undefined || row.role === role) &&
    (state === undefined || isInState(row, state)) &&
    (mfa === undefined || row.mfa_enabled === (mfa === "on"))
  );
}

function isInState(row: MemberListRow, state: NonNullable<MembersQuery["state"]>): boolean {
  if (state === "enabled" || state === "disabled") return row.is_active === (state === "enabled");
  return state === "unaccepted" ? row.is_invited : stateOf(row) === state;
}
