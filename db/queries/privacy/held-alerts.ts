import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { isoSql } from "./iso-sql";

/** Whether the alert is about the account, or about several of which it is one. */
function isAboutSql(accountId: number): SQL {
  return sql`(a.account_id = ${accountId} or a.account_ids @> array[${accountId}::int]
    or (a.compared ->> 'accountId')::int = ${accountId})`;
}

export interface HeldAlert extends Record<string, unknown> {
  rule: string;
  firstAt: string;
  lastAt: string;
  count: number;
  address: string | null;
  state: string;
  /** What people did with it, oldest first. */
  history: {
    at: string;
    by: string | null;
    state: string | null;
    assignedTo: string | null;
    comment: string;
  }[];
}

/** What rules found about the account or with it among others, and what people made of it; oldest first. */
export async function listHeldAlerts(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<HeldAlert[]> {
  const rows = await tx.execute<HeldAlert>(sql`
    select a.rule, ${isoSql("a.first_at")} as "firstAt", ${isoSql("a.last_at")} as "lastAt", a.count, a.address, a.state,
      coalesce((select jsonb_agg(jsonb_build_object('at', ${isoSql("h.at")}, 'by', coalesce(u.username, h.actor_name),
          'state', h.state, 'assignedTo', h.assigned_to, 'comment', h.comment) order by h.id)
        from alert_history h left join app_auth_users u on u.id = h.user_id
        where h.company_id = ${scope.companyIds[0]} and h.alert_id = a.id), '[]') as history
    from alerts a where a.company_id = ${scope.companyIds[0]} and ${isAboutSql(accountId)}
    order by a.id`);
  return [...rows];
}

/** Why rules don't count the account, and until when. */
export async function listHeldExceptions(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<{ rule: string; reason: string; createdAt: string; endsAt: string | null }[]> {
  const rows = await tx.execute<{
    rule: string;
    reason: string;
    createdAt: string;
    endsAt: string | null;
  }>(sql`
    select rule, reason, ${isoSql("created_at")} as "createdAt", ${isoSql("ends_at")} as "endsAt"
    from detection_exceptions
    where company_id = ${scope.companyIds[0]} and account_id = ${accountId} order by id`);
  return [...rows];
}

/** Holds the account's alerts until the transaction ends, after those who write below them now, in their order. */
export async function lockAlertsOf(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  accountId: number,
): Promise<void> {
  await tx.execute(sql`
    select from alerts a where a.company_id = ${companyId} and ${isAboutSql(accountId)} order by a.id for update`);
}

/** Changes what people wrote below the account's alerts; `change` gives the comment as it shall be. */
export async function rewriteComments(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  accountId: number,
  change: (comment: string) => string,
): Promise<void> {
  const rows = await tx.execute<{ id: number; comment: string }>(sql`
    select h.id, h.comment from alert_history h
    join alerts a on a.company_id = h.company_id and a.id = h.alert_id
    where h.company_id = ${companyId} and a.company_id = ${companyId} and h.comment <> '' and ${isAboutSql(accountId)}
    order by h.id`);
  for (const { id, comment } of rows) {
    const changed = change(comment);
    if (changed === comment) continue;
    await tx.execute(sql`
      update alert_history set comment = ${changed} where company_id = ${companyId} and id = ${id}`);
  }
}
