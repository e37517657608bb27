import type { Transaction } from "@/db/client";
import { holdCompany } from "@/db/queries/companies/company";
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
  // As for alerts: what an erasure does not find is written after it, under the new name.
  await holdCompany(tx, scope);
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
