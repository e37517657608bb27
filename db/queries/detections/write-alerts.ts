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

const iso = (at: number) => new Date(at).toISOString();

/** Writes alerts that opened or grew; what people made of one stays. */
export async function writeAlerts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  drafts: readonly AlertDraft[],
): Promise<WrittenAlert[]> {
  const written: WrittenAlert[] = [];
  for (const draft of drafts) {
    const [row] = await tx.execute<WrittenAlert>(sql`
      insert into alerts (company_id, rule, subject_key, key_event_id, severity, account_id, computer_id, site_id, address,
        first_at, since_at, last_at, count, threshold, window_minutes, event_ids, account_ids, computer_ids, codes,
        compared, is_late)
      values (${companyId}, ${draft.rule}, ${draft.subjectKey}, ${draft.key}, ${draft.severity}, ${draft.accountId},
        ${draft.computerId}, ${draft.siteId}, ${draft.address}, ${iso(draft.firstAt)}, ${iso(draft.sinceAt)},
        ${iso(draft.lastAt)}, ${draft.count}, ${draft.threshold}, ${draft.windowMinutes},
        ${pgArray(draft.eventIds)}::bigint[], ${pgArray(draft.accountIds)}::int[], ${pgArray(draft.computerIds)}::int[],
        ${pgArray(draft.codes)}::text[], ${JSON.stringify(draft.compared)}::jsonb, ${draft.isLate})
      on conflict (company_id, rule, subject_key, key_event_id) do update set computer_id = excluded.computer_id,
        site_id = excluded.site_id, address = excluded.address, first_at = excluded.first_at,
        last_at = excluded.last_at, count = excluded.count, event_ids = excluded.event_ids,
        account_ids = excluded.account_ids, computer_ids = excluded.computer_ids, codes = excluded.codes,
        updated_at = now()
      returning id, rule, subject_key as "subjectKey", key_event_id::float8 as key, xmax::text = '0' as "isNew"`);
    written.push(row!);
  }
  return written;
}

/** Deletes alerts that turned out to be part of another, unless a person has changed them. */
export async function deleteAbsorbedAlerts(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  names: readonly { rule: string; subjectKey: string; key: number }[],
): Promise<void> {
  for (const { rule, subjectKey, key } of names) {
    await tx.execute(sql`
      delete from alerts where company_id = ${companyId} and rule = ${rule} and subject_key = ${subjectKey}
        and key_event_id = ${key} and state = 'open'`);
  }
}
