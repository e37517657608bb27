import type { Transaction } from "@/db/client";
import { listCompanyIds } from "@/db/queries/global/companies";
import type { UserRecord } from "@/db/queries/global/users";
import { lockChannelsTo } from "@/db/queries/notifications/channels";
import { operatorScope, portalScope, type CompanyWriteScope } from "@/db/scope";
import type { ServiceContext } from "../context";
import { leaveAddresses } from "./leave-addresses";

type Leaver = Pick<UserRecord, "email" | "globalRole" | "memberships">;

/**
 * Takes a deleted user's address out of the mail channels of the companies that the person saw. Others keep it: whoever
 * creates and deletes users in one company must not reach the channels of another.
 */
export async function forgetAddressOf(tx: Transaction, context: ServiceContext, user: Leaver): Promise<void> {
  const sawEverything = user.globalRole === "GlobalAdmin";
  const own = inOrder(user.memberships.map(({ companyId }) => companyId)).map(operatorScope);
  for (const scope of sawEverything ? await everyScope(tx) : own) {
    await forgetAddress(tx, context, scope, user.email);
  }
}

/** The same for a GlobalAdmin who gets a lower role: in the portal and in the companies that the person no longer sees. */
export async function forgetAddressBeyond(
  tx: Transaction,
  context: ServiceContext,
  { email, memberships }: Omit<Leaver, "globalRole">,
): Promise<void> {
  const own = new Set(memberships.map(({ companyId }) => companyId));
  for (const scope of await everyScope(tx)) {
    if (!own.has(scope.companyId)) await forgetAddress(tx, context, scope, email, "no longer has access");
  }
}

/** The portal first, then companies by number: channels are locked in the order of their keys, as by everybody. */
async function everyScope(tx: Transaction): Promise<CompanyWriteScope[]> {
  return [portalScope(), ...inOrder(await listCompanyIds(tx)).map(operatorScope)];
}

function inOrder(companyIds: readonly number[]): number[] {
  return companyIds.toSorted((a, b) => a - b);
}

/** The same in one company, for a person who leaves it. A channel that loses its last address is disabled, and says `why`. */
export async function forgetAddress(
  tx: Transaction,
  { audit }: ServiceContext,
  scope: CompanyWriteScope,
  email: string,
  why: "has left" | "no longer has access" = "has left",
): Promise<void> {
  for (const { channel, addresses } of await lockChannelsTo(tx, scope, email)) {
    await leaveAddresses(tx, { audit, scope }, channel, {
      action: "channel.forget-address",
      addresses,
      reason: `its last address belonged to a user who ${why}`,
    });
  }
}
