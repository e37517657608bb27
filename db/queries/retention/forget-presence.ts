import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";
import { PRESENCE_EFFECTS, type PresenceEffect } from "../events/presence-facts";
import { pgArray } from "../pg-array";

/** An account, or one that stands for the computer as a whole, on a computer. */
export interface Seat {
  computerId: number;
  accountId: number;
}

const EFFECTS = Object.keys(PRESENCE_EFFECTS) as PresenceEffect[];

/**
 * Forgets the newest start, end and pause of up to `limit` seats behind `after` where they are older than the instant and
 * their events are deleted. Gives the seats looked at, in their order. Since when account and computer know each other stays.
 *
 * The rows are held before their events are looked for, in the order in which ingest takes them: one that is stored in
 * this moment is either seen or told afterwards.
 */
export async function forgetDeletedPresence(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { before, after, limit }: { before: Date; after: Seat | null; limit: number },
): Promise<Seat[]> {
  const old = (column: string) => sql`${sql.raw(column)} < ${before.toISOString()}`;
  const isOld = sql.join(
    EFFECTS.map((effect) => old(`p.${effect}_at`)),
    sql` or `,
  );
  const seats = await tx.execute<{ computer_id: number; account_id: number }>(sql`
    select p.computer_id, p.account_id from presence p
    where p.company_id = ${companyId} and (${isOld})
      ${after ? sql`and (p.computer_id, p.account_id) > (${after.computerId}::int, ${after.accountId}::int)` : sql``}
    order by p.computer_id, p.account_id limit ${limit} for update`);
  if (seats.length === 0) return [];
  const isGone = (effect: PresenceEffect) => sql`${old(`p.${effect}_at`)} and not exists (
      select 1 from events e where e.company_id = ${companyId} and e.computer_id = p.computer_id
        and e.occurred_at = ${sql.raw(`p.${effect}_at`)} and e.id = ${sql.raw(`p.${effect}_id`)})`;
  const set = EFFECTS.flatMap((effect) =>
    ["at", "id"].map((part) => {
      const column = sql.raw(`${effect}_${part}`);
      return sql`${column} = case when g.is_${sql.raw(effect)}_gone then null else p.${column} end`;
    }),
  );
  const gone = EFFECTS.map((effect) => sql`coalesce(${isGone(effect)}, false) as is_${sql.raw(effect)}_gone`);
  await tx.execute(sql`
    update presence p set ${sql.join(set, sql`, `)} from (
      select p.computer_id, p.account_id, ${sql.join(gone, sql`, `)}
      from unnest(${pgArray(seats.map((seat) => seat.computer_id))}::int[],
        ${pgArray(seats.map((seat) => seat.account_id))}::int[]) as asked (computer_id, account_id)
      join presence p on p.company_id = ${companyId} and p.computer_id = asked.computer_id
        and p.account_id = asked.account_id
    ) g
    where p.company_id = ${companyId} and p.computer_id = g.computer_id and p.account_id = g.account_id`);
  return seats.map((seat) => ({ computerId: seat.computer_id, accountId: seat.account_id }));
}
