import { sql, type SQL } from "drizzle-orm";
import { COMPUTER_PAUSE_KINDS, codesOf, POWER_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import { USUAL_TYPE_BY_CODE } from "@/lib/domain/events/usual-types";
import { POWER_ACCOUNT, SLEEP_ACCOUNT } from "@/lib/domain/presence/pseudo-accounts";

/**
 * Whether a column of kinds is one of these, as text: numbers and no parameters, because partial indexes are found by
 * what a statement says and not by what is bound to it.
 */
export function kindText(column: string, kinds: ReadonlySet<EventKind>): string {
  const codes = codesOf(kinds);
  const [first, last] = [codes[0]!, codes.at(-1)!];
  if (first === last) return `${column} = ${first}`;
  const isRange = last - first === codes.length - 1 && codes.length > 2;
  return isRange ? `${column} between ${first} and ${last}` : `${column} in (${codes.join(", ")})`;
}

export function kindSql(column: string, kinds: ReadonlySet<EventKind>): SQL {
  return sql.raw(kindText(column, kinds));
}

/** Whose row of presence an event changes: its account's, or that of what befalls the whole computer. */
export const presenceAccountText = `case when ${kindText("kind", POWER_KINDS)} then ${POWER_ACCOUNT}
  when ${kindText("kind", COMPUTER_PAUSE_KINDS)} then ${SLEEP_ACCOUNT} else account_id end`;

/** The type of event `e` as its agent sent it. */
export const eventTypeSql: SQL = sql.raw(
  `coalesce(e.event_type, ('[0:${USUAL_TYPE_BY_CODE.length - 1}]={${USUAL_TYPE_BY_CODE.map(String).join(",")}}'::text[])[e.kind], '')`,
);

/** Whether a row of presence is an account's and not a computer's. */
export function isAccountSql(column: string): SQL {
  return sql.raw(`${column} > ${SLEEP_ACCOUNT}`);
}
