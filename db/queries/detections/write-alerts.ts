import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { pgArray } from "../pg-array";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";

export interface WrittenAlert extends Record<string, unknown> {
  id: number;
  rule: string;
  subjectKey: string;
  key: number;
  isNew: boolean;
}

/** What names an alert for good. */
type AlertName = Pick<WrittenAlert, "rule" | "subjectKey" | "key">;

const iso = (at: number) => new Date(at).toISOString();

/**
 * Writes alerts that opened or grew; what people made of one stays. Those that turned out to be part of another are deleted,
 * unless a person has changed, assigned, or commented on them.
 */
export async function writeAlerts(
  tx: Transaction,
  scope: CompanyWriteScope,
  drafts: readonly AlertDraft[],
  absorbed: readonly AlertName[] = [],
): Promise<WrittenAlert[]> {
  const { companyId } = scope;
  await holdAlerts(tx, scope, [...drafts, ...absorbed]);
  await deleteAbsorbedAlerts(tx, scope, absorbed);
  const written: WrittenAlert[] = [];
  for (const draft of drafts) {
    const row = (await growAlert(tx, companyId, draft)) ?? (await openAlert(tx, companyId, draft));
    written.push(row);
  }
  return written;
}

/** Holds those that there are, in the order in which people hold several: in another, each would wait for the other. */
async function holdAlerts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  names: readonly AlertName[],
): Promise<void> {
  if (names.length === 0) return;
  const rules = pgArray(names.map(({ rule }) => rule));
  const subjectKeys = pgArray(names.map(({ subjectKey }) => subjectKey));
  await tx.execute(sql`
    select from alerts
    where company_id = ${companyId} and (rule, subject_key, key_event_id) in (
      select * from unnest(${rules}::text[], ${subjectKeys}::text[], ${pgArray(names.map(({ key }) => key))}::bigint[]))
    order by id for update`);
}

const TOLD = sql.raw(`id, rule, subject_key as "subjectKey", key_event_id::float8 as key`);

/**
 * null where it isn't there yet. Not `on conflict do update`, which takes an id for each row that it updates: a company
 * under attack grows its alerts twice a second, and ids are integers.
 */
async function growAlert(
  tx: Transaction,
  companyId: number,
  draft: AlertDraft,
): Promise<WrittenAlert | null> {
  const [row] = await tx.execute<WrittenAlert>(sql`
    update alerts set computer_id = ${draft.computerId}, site_id = ${draft.siteId}, address = ${draft.address},
      first_at = ${iso(draft.firstAt)}, since_at = ${iso(draft.sinceAt)}, last_at = ${iso(draft.lastAt)}, count = ${draft.count},
      event_ids = ${pgArray(draft.eventIds)}::bigint[], account_ids = ${pgArray(draft.accountIds)}::int[],
      computer_ids = ${pgArray(draft.computerIds)}::int[], codes = ${pgArray(draft.codes)}::text[],
      compared = ${JSON.stringify(draft.compared)}::jsonb, updated_at = now()
    where company_id = ${companyId} and rule = ${draft.rule} and subject_key = ${draft.subjectKey}
      and key_event_id = ${draft.key}
    returning ${TOLD}, false as "isNew"`);
  return row ?? null;
}

/** Its caller holds the memory of the rule, so no other opens the same alert. */
async function openAlert(tx: Transaction, companyId: number, draft: AlertDraft): Promise<WrittenAlert> {
  const [row] = await tx.execute<WrittenAlert>(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, account_id, computer_id, site_id, address,
      first_at, since_at, last_at, count, threshold, window_minutes, event_ids, account_ids, computer_ids, codes,
      compared, is_late)
    values (${companyId}, ${draft.rule}, ${draft.subjectKey}, ${draft.key}, ${draft.severity}, ${draft.accountId},
      ${draft.computerId}, ${draft.siteId}, ${draft.address}, ${iso(draft.firstAt)}, ${iso(draft.sinceAt)},
      ${iso(draft.lastAt)}, ${draft.count}, ${draft.threshold}, ${draft.windowMinutes},
      ${pgArray(draft.eventIds)}::bigint[], ${pgArray(draft.accountIds)}::int[], ${pgArray(draft.computerIds)}::int[],
      ${pgArray(draft.codes)}::text[], ${JSON.stringify(draft.compared)}::jsonb, ${draft.isLate})
    returning ${TOLD}, true as "isNew"`);
  return row!;
}

async function deleteAbsorbedAlerts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  names: readonly AlertName[],
): Promise<void> {
  for (const { rule, subjectKey, key } of names) {
    // The alert is locked, as for changes by users, so this sees their comments.
    await tx.execute(sql`
      delete from alerts n where n.company_id = ${companyId} and n.rule = ${rule} and n.subject_key = ${subjectKey}
        and n.key_event_id = ${key} and n.state = 'open' and n.assignee_user_id is null and not exists (
          select from alert_history h where h.company_id = ${companyId} and h.alert_id = n.id)`);
  }
}
