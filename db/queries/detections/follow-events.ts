import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { publicIpSql } from "../events/address-sql";
import { addressSql } from "../events/failed-sql";
import { kindSql } from "../kind-sql";
import type { EventKind } from "@/lib/domain/events/kinds";

export interface Cursor {
  throughId: number;
  targetId: number;
  /** How far habits are learned from what was stored before, and where that ends; null when it has not begun. */
  habitsId: number | null;
  habitsTargetId: number | null;
}

/** Takes the company's cursor for the rest of the transaction; null while another server has it, or when it has none yet. */
export async function lockCursor(tx: Transaction, { companyId }: CompanyWriteScope): Promise<Cursor | null> {
  const [row] = await tx.execute<Cursor & Record<string, unknown>>(sql`
    select through_id::float8 as "throughId", target_id::float8 as "targetId", habits_id::float8 as "habitsId",
      habits_target_id::float8 as "habitsTargetId"
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

/** Notes that old memories are looked for; false where that was less than so many seconds ago, or the cursor is taken. */
export async function noteForgetting(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  everySeconds: number,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    update detection_cursors set forgotten_at = now() where company_id = (
      select company_id from detection_cursors where company_id = ${companyId}
        and forgotten_at < now() - make_interval(secs => ${everySeconds}) for update skip locked) returning 1`);
  return rows.length > 0;
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
  publicIp: string | null;
  sourceIp: string | null;
  logonType: number | null;
  status: string | null;
  subStatus: string | null;
}

export const followedColumns = sql`e.id::float8 as id, (extract(epoch from e.occurred_at) * 1000)::float8 as at,
  (extract(epoch from e.received_at) * 1000)::float8 as "receivedAt", e.kind, e.account_id as "accountId",
  e.computer_id as "computerId", e.site_id as "siteId", ${addressSql} as address,
  ${publicIpSql} as "publicIp",
  e.source_ip as "sourceIp", e.logon_type as "logonType",
  e.status, e.sub_status as "subStatus"`;

/** Ids of the first look, for each event wanted; each further look spans so many times more. */
const FIRST_SPAN = 2;
const SPAN_GROWTH = 4;

/**
 * The company's events of these kinds behind the cursor and up to its target, not older than `since`, in the order
 * stored.
 *
 * A look spans few ids, and more as long as too few are the company's: so it costs what is near the cursor, whatever
 * lies before the target.
 */
export async function listEventsToAsk(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { throughId, targetId }: Pick<Cursor, "throughId" | "targetId">,
  kinds: ReadonlySet<EventKind>,
  limit: number,
  since: Date | null = null,
): Promise<FollowedEvent[]> {
  const found: FollowedEvent[] = [];
  let from = throughId;
  for (let span = limit * FIRST_SPAN; from < targetId && found.length < limit; span *= SPAN_GROWTH) {
    const to = Math.min(from + span, targetId);
    const rows = await tx.execute<FollowedEvent>(sql`
      select ${followedColumns} from events e
      where e.company_id = ${companyId} and e.id > ${from} and e.id <= ${to} and ${kindSql("e.kind", kinds)}
        ${since ? sql`and e.occurred_at >= ${since.toISOString()}` : sql``}
      order by e.id limit ${limit - found.length}`);
    found.push(...rows);
    from = to;
  }
  return found;
}
