import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { addressSql } from "../events/failed-sql";
import { kindSql } from "../kind-sql";
import type { EventKind } from "@/lib/domain/events/kinds";

export interface Cursor {
  throughId: number;
  targetId: number;
  /** When old memories were last looked for, epoch milliseconds. */
  forgottenAt: number;
  /** How far habits are learned from what was stored before, and where that ends; null when it has not begun. */
  habitsId: number | null;
  habitsTargetId: number | null;
}

/** Takes the company's cursor for the rest of the transaction; null while another server has it, or when it has none yet. */
export async function lockCursor(tx: Transaction, { companyId }: CompanyWriteScope): Promise<Cursor | null> {
  const [row] = await tx.execute<Cursor & Record<string, unknown>>(sql`
    select through_id::float8 as "throughId", target_id::float8 as "targetId", habits_id::float8 as "habitsId",
      habits_target_id::float8 as "habitsTargetId", (extract(epoch from forgotten_at) * 1000)::float8 as "forgottenAt"
    from detection_cursors
    where company_id = ${companyId} for update skip locked`);
  return row ?? null;
}

export async function moveCursor(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  throughId: number,
): Promise<void> {
  await tx.execute(
    sql`update detection_cursors set through_id = ${throughId} where company_id = ${companyId}`,
  );
}

/** Notes that old memories have been looked for. */
export async function noteForgotten(tx: Transaction, { companyId }: CompanyWriteScope): Promise<void> {
  await tx.execute(sql`update detection_cursors set forgotten_at = now() where company_id = ${companyId}`);
}

export interface FollowedEvent extends Record<string, unknown> {
  id: number;
  at: number;
  receivedAt: number;
  kind: number;
  accountId: number;
  computerId: number;
  siteId: number;
  address: string | null;
  logonType: number | null;
  status: string | null;
  subStatus: string | null;
}

export const followedColumns = sql`e.id::float8 as id, (extract(epoch from e.occurred_at) * 1000)::float8 as at,
  (extract(epoch from e.received_at) * 1000)::float8 as "receivedAt", e.kind, e.account_id as "accountId",
  e.computer_id as "computerId", e.site_id as "siteId", ${addressSql} as address, e.logon_type as "logonType",
  e.status, e.sub_status as "subStatus"`;

/** The company's events of these kinds behind the cursor and up to its target, in the order stored; and not older than `since`. */
export async function listEventsToAsk(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { throughId, targetId }: Pick<Cursor, "throughId" | "targetId">,
  kinds: ReadonlySet<EventKind>,
  limit: number,
  since: Date | null = null,
): Promise<FollowedEvent[]> {
  const rows = await tx.execute<FollowedEvent>(sql`
    select ${followedColumns} from events e
    where e.company_id = ${companyId} and e.id > ${throughId} and e.id <= ${targetId} and ${kindSql("e.kind", kinds)}
      ${since ? sql`and e.occurred_at >= ${since.toISOString()}` : sql``}
    order by e.id limit ${limit}`);
  return [...rows];
}
