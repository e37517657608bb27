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
  const ids = sawEverything ? await listCompanyIds(tx) : user.memberships.map(({ companyId }) => companyId);
  const scopes = ids.map(operatorScope);
  for (const scope of sawEverything ? [...scopes, portalScope()] : scopes) {
    await forgetAddress(tx, context, scope, user.email);
  }
}

/** The same in one company, for a person who leaves it. A channel that loses its last address is disabled. */
export async function forgetAddress(
  tx: Transaction,
  { audit }: ServiceContext,
  scope: CompanyWriteScope,
  email: string,
): Promise<void> {
  for (const { channel, addresses } of await lockChannelsTo(tx, scope, email)) {
    await leaveAddresses(tx, { audit, scope }, channel, {
      action: "channel.forget-address",
      addresses,
      reason: "its last address belonged to a user who has left",
    });
  }
}
