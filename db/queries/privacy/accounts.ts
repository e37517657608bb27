import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyScope, CompanyWriteScope } from "../../scope";
import { containsPattern } from "../events/match-names";

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
 * Gives the account a name that tells nobody, and a key that no event can have, so that later events of the person
 * open a new account. Notifications and alerts name it so too; what rules remember of it, exceptions and exemptions for
 * it, its tags and patterns that are its name go. False when it was erased before.
 *
 * The company's row is locked first: an event stored in the same moment is either there before or sees the erasure.
 */
export async function erasePerson(
  tx: Transaction,
  scope: CompanyWriteScope,
  accountId: number,
): Promise<boolean> {
  await tx.execute(sql`select from app_auth_companies where id = ${scope.companyId} for update`);
  const rows = await tx.execute(sql`
    with told as (
      update notifications set params = jsonb_set(params, '{account,name}', to_jsonb('Erased account ' || ${accountId}::text))
      where company_id = ${scope.companyId} and account_id = ${accountId} and params -> 'account' ? 'name'
    ), remembered as (
      delete from detection_states where company_id = ${scope.companyId} and subject_key = 'account:' || ${accountId}::text
    ), used as (
      update detection_states set memory = memory #- array['users', ${accountId}::text]
      where company_id = ${scope.companyId} and subject_key like 'computer:%' and memory -> 'users' ? ${accountId}::text
    ), excepted as (
      delete from detection_exceptions where company_id = ${scope.companyId} and account_id = ${accountId}
    ), exempted as (
      delete from calendar_exemptions where company_id = ${scope.companyId} and account_id = ${accountId}
    ), tagged as (
      delete from account_tags where company_id = ${scope.companyId} and account_id = ${accountId}
    ), named as (
      delete from tag_patterns p using accounts a where p.company_id = ${scope.companyId}
        and a.company_id = ${scope.companyId} and a.id = ${accountId} and p.pattern_key = a.name_key
    )
    update accounts set name = 'Erased account ' || id, name_key = chr(1) || 'erased account ' || id, erased_at = now()
    where company_id = ${scope.companyId} and id = ${accountId} and erased_at is null returning id`);
  return rows.length > 0;
}
