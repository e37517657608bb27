import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { erasedName } from "@/lib/domain/privacy/erased-text";
import { lockCompany } from "../companies/company";
import { holdCursor } from "../detections/habits";
import { containsPattern } from "../events/match-names";
import { pgArray } from "../pg-array";
import { lockAlertsOf } from "./held-alerts";

export interface PersonRow extends Record<string, unknown> {
  id: number;
  name: string;
  /** Epoch milliseconds. */
  first_ms: number;
  last_ms: number;
  erased_ms: number | null;
}

const columns = sql`id, name, extract(epoch from first_seen_at) * 1000 as first_ms,
  extract(epoch from last_seen_at) * 1000 as last_ms, extract(epoch from erased_at) * 1000 as erased_ms`;

/** The company's accounts whose key contains the text (folded like a key; empty finds all), last seen first. */
export async function searchPersons(
  tx: Transaction,
  scope: CompanyWriteScope,
  foldedText: string,
  limit: number,
): Promise<PersonRow[]> {
  const rows = await tx.execute<PersonRow>(sql`
    select ${columns} from accounts
    where company_id = ${scope.companyId}
      ${foldedText ? sql`and name_key like ${containsPattern(foldedText)}` : sql``}
    order by last_seen_at desc, id limit ${limit}`);
  return [...rows];
}

export async function findPerson(
  tx: Transaction,
  scope: CompanyScope,
  accountId: number,
): Promise<PersonRow | null> {
  const [row] = await tx.execute<PersonRow>(sql`
    select ${columns} from accounts where company_id = ${scope.companyIds[0]} and id = ${accountId}`);
  return row ?? null;
}

/**
 * The folded names that are the account's alone: its own, and the one without its domain unless another account of the
 * company has that too, as `administrator` of each computer.
 */
export async function listOwnNames(
  tx: Transaction,
  { companyIds: [companyId] }: CompanyScope,
  accountId: number,
): Promise<string[]> {
  const short = (key: string) => sql.raw(`regexp_replace(${key}, '^.*\\\\', '')`);
  const [row] = await tx.execute<{ names: string[] }>(sql`
    select case when exists (
        select 1 from accounts o where o.company_id = ${companyId} and o.id <> a.id
          and ${short("o.name_key")} = ${short("a.name_key")}
      ) then array[a.name_key] else array[a.name_key, ${short("a.name_key")}] end as names
    from accounts a where a.company_id = ${companyId} and a.id = ${accountId}`);
  return row?.names ?? [];
}

/**
 * Gives the account a name that identifies no one, and a key that no event can have, so that later events of the person
 * open a new account. Notifications and alerts name it so too; what rules remember of it, exceptions and exemptions for
 * it, its tags and patterns that are its name alone go. False when it was erased before.
 *
 * The cursor of the rules is locked first, as when they follow events, so their memory isn't written back after the
 * deletion. Then the account's alerts: a comment that is being written is there before, and is rewritten. Then the
 * company's row: an event stored or a notification written at the same time is either there before or sees the erasure
 * (see `holdCompany`).
 */
export async function erasePerson(
  tx: Transaction,
  scope: CompanyWriteScope,
  accountId: number,
): Promise<boolean> {
  const { companyId } = scope;
  await holdCursor(tx, scope);
  await lockAlertsOf(tx, scope, accountId);
  await lockCompany(tx, scope);
  const ownNames = await listOwnNames(tx, scope, accountId);
  const name = erasedName(accountId);
  // What other tables tell goes statement by statement: on Citus they are not all on one node.
  for (const statement of [
    sql`update notifications set params = jsonb_set(params, '{account,name}', to_jsonb(${name}::text))
      where company_id = ${companyId} and account_id = ${accountId} and params -> 'account' ? 'name'`,
    sql`delete from detection_states where company_id = ${companyId} and subject_key = ${`account:${accountId}`}`,
    sql`update detection_states set memory = memory #- array['users', ${String(accountId)}::text]
      where company_id = ${companyId} and subject_key like 'computer:%' and memory -> 'users' ? ${String(accountId)}::text`,
    ...["detection_exceptions", "calendar_exemptions", "account_tags"].map(
      (table) =>
        sql`delete from ${sql.identifier(table)} where company_id = ${companyId} and account_id = ${accountId}`,
    ),
    sql`delete from tag_patterns where company_id = ${companyId} and pattern_key = any(${pgArray(ownNames)}::text[])`,
  ]) {
    await tx.execute(statement);
  }
  const key = `\u0001${name.toLowerCase()}`; // no event's name folds to this
  const rows = await tx.execute(sql`
    update accounts set name = ${name}, name_key = ${key}, erased_at = ${new Date().toISOString()}
    where company_id = ${companyId} and id = ${accountId} and erased_at is null returning id`);
  return rows.length > 0;
}

/** Has notifications about these schedules name their views otherwise: people name a view after whom it shows. */
export async function renameToldViews(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  scheduleIds: readonly number[],
  name: string,
): Promise<void> {
  if (scheduleIds.length === 0) return;
  await tx.execute(sql`
    update notifications set params = jsonb_set(params, '{view}', to_jsonb(${name}::text))
    where company_id = ${companyId} and kind like 'report.%' and params ? 'view'
      and (params ->> 'scheduleId')::int = any(${pgArray(scheduleIds)}::int[])`);
}
