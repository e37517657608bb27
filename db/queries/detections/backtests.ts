import { sql } from "drizzle-orm";
import type { Transaction } from "../../client";
import type { CompanyWriteScope } from "../../scope";

/** Tries of one rule that are remembered. */
const MOST_KEPT = 20;

export interface StoredBacktest {
  rule: string;
  valuesKey: string;
  days: number;
  alerts: number;
  /** Nothing was left out for its size. */
  isWhole: boolean;
}

/** Remembers what came of a backtest in place of the last one with the same values. */
export async function writeBacktest(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
  { rule, valuesKey, days, alerts, isWhole, userId }: StoredBacktest & { userId: number | null },
): Promise<void> {
  await tx.execute(sql`
    insert into detection_backtests (company_id, rule, values_key, days, alerts, is_whole, user_id)
    values (${companyId}, ${rule}, ${valuesKey}, ${days}, ${alerts}, ${isWhole}, ${userId})
    on conflict (company_id, rule, values_key) do update set days = excluded.days, alerts = excluded.alerts,
      is_whole = excluded.is_whole, user_id = excluded.user_id, ran_at = now()`);
  await tx.execute(sql`
    delete from detection_backtests where company_id = ${companyId} and rule = ${rule} and values_key not in (
      select values_key from detection_backtests where company_id = ${companyId} and rule = ${rule}
      order by ran_at desc, values_key limit ${MOST_KEPT})`);
}

/** The last backtest of each rule and values, the newest first. `ranAt` in epoch milliseconds. */
export async function listBacktests(
  tx: Transaction,
  { companyId }: CompanyWriteScope,
): Promise<(StoredBacktest & { ranAt: number })[]> {
  const rows = await tx.execute<StoredBacktest & { ranAt: number } & Record<string, unknown>>(sql`
    select rule, values_key as "valuesKey", days, alerts, is_whole as "isWhole",
      (extract(epoch from ran_at) * 1000)::float8 as "ranAt"
    from detection_backtests where company_id = ${companyId} order by ran_at desc`);
  return [...rows];
}
