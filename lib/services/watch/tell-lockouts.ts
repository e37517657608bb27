import type { Transaction } from "@/db/client";
import { listNewLockouts } from "@/db/queries/notifications/watch-logons";
import type { CompanyWriteScope } from "@/db/scope";
import { notifyAll } from "../notifications/notify";

/** Tells of lockouts received since the instant, each once however often it is looked at; gives how many were news. */
export async function tellLockouts(
  tx: Transaction,
  scope: CompanyWriteScope,
  receivedSince: Date,
  notBefore: Date,
): Promise<number> {
  const lockouts = await listNewLockouts(tx, scope, receivedSince, notBefore);
  return notifyAll(
    tx,
    scope,
    "account.locked-out",
    lockouts.map((row) => ({
      params: {
        account: { id: row.accountId, name: row.account },
        computer: { id: row.computerId, name: row.computer },
        site: { id: row.siteId, name: row.site },
        at: new Date(row.at).toISOString(),
      },
      onceKey: `lockout:${row.id}`,
    })),
  );
}
