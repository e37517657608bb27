import { sql } from "drizzle-orm";
import { companyText, type Companies } from "../../scope-sql";
import type { Transaction } from "../../client";
import { pgArray } from "../pg-array";
import { residualSql, type EventMatch, instantSql } from "../events/event-match";
import { addressSql } from "../events/failed-sql";
import { kindSql } from "../kind-sql";
import { FAILURE_KINDS, KIND_CODE, START_KINDS } from "@/lib/domain/events/kinds";
import type { Burst, Failure } from "@/lib/domain/failures/burst-finder";

const ROWS_AT_ONCE = 5_000;

/**
 * Every failure of the match's companies in its range, by time and order received, batch by batch; those that its
 * conditions select are marked as wanted. Never holds more than a batch, however many there are.
 */
export async function* streamFailures(tx: Transaction, match: EventMatch): AsyncGenerator<Failure[]> {
  await tx.execute(sql`declare failures no scroll cursor for
    select e.company_id, e.account_id, e.computer_id, ${addressSql} as address, e.kind,
      extract(epoch from e.occurred_at) * 1000 as at_ms, (true${residualSql(match, [])}) as is_wanted
    from events e where ${sql.raw(companyText(match, "e.company_id"))}
      and ${kindSql("e.kind", FAILURE_KINDS)}
      and e.occurred_at >= ${instantSql(match.from)} and e.occurred_at < ${instantSql(match.to!)}
    order by e.occurred_at, e.id`);
  for (;;) {
    const rows = await tx.execute<{
      company_id: number;
      account_id: number;
      computer_id: number;
      address: string | null;
      kind: number;
      at_ms: string;
      is_wanted: boolean;
    }>(sql.raw(`fetch ${ROWS_AT_ONCE} from failures`));
    if (rows.length === 0) break;
    yield rows.map((row) => ({
      companyId: row.company_id,
      accountId: row.account_id,
      computerId: row.computer_id,
      address: row.address,
      isLockout: row.kind === KIND_CODE.lockout,
      at: Number(row.at_ms),
      isWanted: row.is_wanted,
    }));
  }
  await tx.execute(sql`close failures`);
}

/** The event that a burst was followed by. */
export interface FoundSuccess {
  accountId: number;
  computerId: number;
  kind: number;
  at: number;
  id: number;
}

/**
 * The first start of each burst's accounts from when it was a burst until `windowMs` after its end, for one from an
 * address only such a start as came from there; null where there is none. In the order of the bursts.
 */
export async function findSuccesses(
  tx: Transaction,
  scope: Companies,
  bursts: readonly Burst[],
  windowMs: number,
): Promise<(FoundSuccess | null)[]> {
  const found: (FoundSuccess | null)[] = bursts.map(() => null);
  // Each company apart: its statement goes whole to where its events are.
  const byCompany = scope.companyIds.map(async (companyId) => {
    const places = [...bursts.keys()].filter((place) => bursts[place]!.companyId === companyId);
    const own = places.map((place) => bursts[place]!);
    const successes = await findInCompany(tx, companyId, own, windowMs);
    for (const [index, success] of successes) found[places[index]!] = success;
  });
  await Promise.all(byCompany);
  return found;
}

/** The successes of one company's bursts, by the index of the burst. */
async function findInCompany(
  tx: Transaction,
  companyId: number,
  bursts: readonly Burst[],
  windowMs: number,
): Promise<ReadonlyMap<number, FoundSuccess>> {
  if (bursts.length === 0) return new Map();
  // Accounts of all bursts lie in one array, as arrays of arrays must all be equally long.
  const accounts = bursts.flatMap(({ accountIds }, place) => accountIds.map((id) => ({ place, id })));
  const column = (pick: (burst: Burst) => string | number | null) => pgArray(bursts.map(pick));
  const rows = await tx.execute<Record<string, string>>(sql`
    with asked as (
      select place - 1 as place, address, since_ms, until_ms from unnest(
        ${column(({ kind, address }) => (kind === "address" ? address : null))}::text[],
        ${column(({ since }) => since)}::float8[], ${column(({ to }) => to + windowMs)}::float8[]
      ) with ordinality as asked (address, since_ms, until_ms, place)
    ), members as (
      select * from unnest(${pgArray(accounts.map(({ place }) => place))}::int[],
        ${pgArray(accounts.map(({ id }) => id))}::int[]) as member (place, account_id)
    )
    select distinct on (a.place) a.place, e.account_id, e.computer_id, e.kind, e.id,
      extract(epoch from e.occurred_at) * 1000 as at_ms
    from asked a join members m on m.place = a.place cross join lateral (
      select e.* from events e where e.company_id = ${companyId} and e.account_id = m.account_id
        and e.occurred_at >= to_timestamp(a.since_ms / 1000.0) and e.occurred_at <= to_timestamp(a.until_ms / 1000.0)
        and ${kindSql("e.kind", START_KINDS)} and (a.address is null or ${addressSql} = a.address)
      order by e.occurred_at, e.id limit 1
    ) e order by a.place, e.occurred_at, e.id`);
  return new Map(
    rows.map((row) => [
      Number(row.place),
      {
        accountId: Number(row.account_id),
        computerId: Number(row.computer_id),
        kind: Number(row.kind),
        at: Number(row.at_ms),
        id: Number(row.id),
      },
    ]),
  );
}
