import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";

export interface NewNotification {
  kind: string;
  severity: string;
  params: Record<string, unknown>;
  siteId: number | null;
  accountId: number | null;
  computerId: number | null;
  subject: string | null;
  onceKey: string | null;
}

/**
 * Writes notifications in the order given. One about a state that is told already, or with a once key that was used,
 * is left out; gives how many were written.
 */
export async function insertNotifications(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  rows: readonly NewNotification[],
): Promise<number> {
  if (rows.length === 0) return 0;
  // Jobs tell of a lasting state each minute, and a row takes an id before its conflict is found.
  const written = await tx.execute(sql`
    insert into notifications (company_id, kind, severity, params, site_id, account_id, computer_id, subject, once_key)
    select ${companyId}, kind, severity, params, site_id, account_id, computer_id, subject, once_key
    from unnest(
      ${pgArray(rows.map(({ kind }) => kind))}::text[], ${pgArray(rows.map(({ severity }) => severity))}::text[],
      ${pgArray(rows.map(({ params }) => JSON.stringify(params)))}::jsonb[],
      ${pgArray(rows.map(({ siteId }) => siteId))}::int[], ${pgArray(rows.map(({ accountId }) => accountId))}::int[],
      ${pgArray(rows.map(({ computerId }) => computerId))}::int[],
      ${pgArray(rows.map(({ subject }) => subject))}::text[], ${pgArray(rows.map(({ onceKey }) => onceKey))}::text[]
    ) with ordinality as given (kind, severity, params, site_id, account_id, computer_id, subject, once_key, place)
    where not exists (select from notifications n where n.company_id = ${companyId} and n.once_key = given.once_key)
      and not exists (select from notifications n where n.company_id = ${companyId} and n.kind = given.kind
        and n.subject = given.subject and n.ended_at is null)
    order by place
    on conflict do nothing returning 1`);
  return written.length;
}

/** Closes the open notifications of a kind about these subjects; gives the subjects that had one. */
export async function endNotifications(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  kind: string,
  subjects: readonly string[],
): Promise<string[]> {
  if (subjects.length === 0) return [];
  const rows = await tx.execute<{ subject: string }>(sql`
    update notifications set ended_at = now()
    where company_id = ${companyId} and kind = ${kind} and ended_at is null
      and subject = any(${pgArray(subjects)}::text[]) returning subject`);
  return rows.map(({ subject }) => subject);
}

/** Closes the open notifications of a kind about anything but these subjects. */
export async function endOtherNotifications(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  kind: string,
  subjects: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    update notifications set ended_at = now()
    where company_id = ${companyId} and kind = ${kind} and subject is not null and ended_at is null
      and subject <> all(${pgArray(subjects)}::text[])`);
}

/** Notes that an open state still lasts, with what has changed of its parameters. */
export async function confirmNotification(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { kind, subject, changed }: { kind: string; subject: string; changed: Record<string, unknown> },
): Promise<void> {
  await tx.execute(sql`
    update notifications
    set params = params || ${JSON.stringify(changed)}::jsonb || jsonb_build_object('confirmedAt', now())
    where company_id = ${companyId} and kind = ${kind} and subject = ${subject} and ended_at is null`);
}

/**
 * Closes open notifications of a kind that weren't written or confirmed for so many minutes; with `other`, only those
 * with these parameters that are about something other than its subject.
 */
export async function endUnconfirmed(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  kind: string,
  minutes: number,
  other?: { subject: string; params: Record<string, unknown> },
): Promise<void> {
  const isOther = other
    ? sql`subject <> ${other.subject} and params @> ${JSON.stringify(other.params)}::jsonb`
    : sql`subject is not null`;
  await tx.execute(sql`
    update notifications set ended_at = now()
    where company_id = ${companyId} and kind = ${kind} and ${isOther} and ended_at is null
      and coalesce((params->>'confirmedAt')::timestamptz, created_at)
        not between now() - make_interval(mins => ${minutes}) and now() + interval '60 minutes'`);
}
