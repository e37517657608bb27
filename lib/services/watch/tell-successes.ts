import type { Transaction } from "@/db/client";
import {
  findFirstSuccesses,
  listToldBursts,
  type AskedSuccess,
  type ToldBurst,
} from "@/db/queries/notifications/watch-logons";
import type { CompanyWriteScope } from "@/db/scope";
import { BURST_WINDOW_MS, SUCCESS_WINDOW_MS } from "@/lib/domain/failures/burst-finder";
import { notifyAll } from "../notifications/notify";

/** Logons that wait on a computer arrive late: so long after its end a burst is still looked after. */
export const BURST_WATCH_MS = 2 * 60 * 60_000;

/**
 * Tells of the first logon that followed each burst told of, once a burst; gives how many.
 *
 * For an address only starts after `notBefore` (epoch milliseconds) are looked at, as nothing leads to those from one.
 */
export async function tellSuccesses(
  tx: Transaction,
  scope: CompanyWriteScope,
  now: number,
  notBefore: number,
): Promise<number> {
  const bursts = await listToldBursts(tx, scope, new Date(now - BURST_WATCH_MS));
  const found = await findFirstSuccesses(
    tx,
    scope,
    bursts.map((burst) => askOf(burst, now, notBefore)),
  );
  return notifyAll(
    tx,
    scope,
    "logon.burst-success",
    found.map((row) => {
      const { id, params } = bursts[row.place]!;
      return {
        params: {
          account: { id: row.accountId, name: row.account },
          computer: { id: row.computerId, name: row.computer },
          site: { id: row.siteId, name: row.site },
          address: params.address,
          failures: params.failures,
          at: new Date(row.at).toISOString(),
        },
        onceKey: `burst-success:${id}`,
      };
    }),
  );
}

function askOf({ params, endedAt }: ToldBurst, now: number, notBefore: number): AskedSuccess {
  const account = params.account as { id: number } | undefined;
  // A burst ends ten minutes after its last failure.
  const lastFailureAt = endedAt === null ? now : endedAt - BURST_WINDOW_MS;
  return {
    accountId: account?.id ?? null,
    address: params.address as string | null,
    from: Date.parse(String(params.from)),
    since: Date.parse(String(params.since)),
    until: lastFailureAt + SUCCESS_WINDOW_MS,
    notBefore: account ? 0 : notBefore,
  };
}
