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
}

/** Takes the company's cursor for the rest of the transaction; null while another server has it, or when it has none yet. */
export async function lockCursor(tx: Transaction, { companyId }: CompanyWriteScope): Promise<Cursor | null> {
  const [row] = await tx.execute<{ through: string; target: string; forgotten: number }>(sql`
    select through_id as through, target_id as target, (extract(epoch from forgotten_at) * 1000)::float8 as forgotten
    from detection_cursors
    where company_id = ${companyId} for update skip locked`);
  if (!row) return null;
  return { throughId: Number(row.through), targetId: Number(row.target), forgottenAt: row.forgotten };
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

const columns = sql`e.id::float8 as id, (extract(epoch from e.occurred_at) * 1000)::float8 as at,
  (extract(epoch from e.received_at) * 1000)::float8 as "receivedAt", e.kind, e.account_id as "accountId",
  e.computer_id as "computerId", e.site_id as "siteId", ${addressSql} as address, e.logon_type as "logonType",
  e.status, e.sub_status as "subStatus"`;

/** The company's events of these kinds behind the cursor and up to its target, in the order stored. */
export async function listEventsToAsk(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { throughId, targetId }: Pick<Cursor, "throughId" | "targetId">,
  kinds: ReadonlySet<EventKind>,
  limit: number,
): Promise<FollowedEvent[]> {
  const rows = await tx.execute<FollowedEvent>(sql`
    select ${columns} from events e
    where e.company_id = ${companyId} and e.id > ${throughId} and e.id <= ${targetId} and ${kindSql("e.kind", kinds)}
    order by e.id limit ${limit}`);
  return [...rows];
}
