import type { Transaction } from "@/db/client";
import { listCompanyIds } from "@/db/queries/global/companies";
import type { UserRecord } from "@/db/queries/global/users";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockChannelsTo, lockChannelsToAny, updateChannel } from "@/db/queries/notifications/channels";
import { redirectDeliveries } from "@/db/queries/notifications/deliveries";
import { operatorScope, PORTAL_ID, portalScope, type CompanyWriteScope } from "@/db/scope";
import { can } from "@/lib/domain/permissions";
import type { ServiceContext } from "../context";
import { channelAudit } from "./channel-audit";
import { leaveAddresses } from "./leave-addresses";
import { scopeOfNumber } from "./route-notifications";

type Leaver = Pick<UserRecord, "userId" | "email" | "globalRole" | "memberships">;
type Why = "has left" | "no longer has access";

/**
 * Locks the channels that the users' addresses may have to leave, by company and id, as everywhere. To be called before
 * anything is written about any of them: a line of the audit trail holds the trail until the transaction ends, and
 * sending to a channel locks the channel first and writes such a line then.
 */
export async function lockChannelsOfUsers(tx: Transaction, users: readonly Leaver[]): Promise<void> {
  const emails = new Map<number, string[]>();
  for (const user of users) {
    for (const { companyId } of await scopesOf(tx, user)) {
      emails.set(companyId, [...(emails.get(companyId) ?? []), user.email]);
    }
  }
  for (const companyId of inOrder([...emails.keys()])) {
    await lockChannelsToAny(tx, scopeOfNumber(companyId), emails.get(companyId)!);
  }
}

/**
 * Takes a deleted or deactivated user's address out of the mail channels of the companies that the person saw. Others
 * keep it: creating and deleting users in one company must not reach the channels of another.
 */
export async function forgetAddressOf(
  tx: Transaction,
  context: ServiceContext,
  user: Leaver,
  why: Why = "has left",
): Promise<void> {
  await lockChannelsOfUsers(tx, [user]);
  for (const scope of await scopesOf(tx, user)) await forgetAddress(tx, context, scope, user.email, why);
}

/** Puts a user's new address in the place of the old one, where a deletion would take the old one out. */
export async function replaceAddressOf(
  tx: Transaction,
  { audit }: ServiceContext,
  user: Leaver,
  to: string,
): Promise<void> {
  await lockChannelsOfUsers(tx, [user]);
  for (const scope of await scopesOf(tx, user)) {
    for (const { channel, addresses: others } of await lockChannelsTo(tx, scope, user.email)) {
      const isThere = others.some((one) => one.toLowerCase() === to.toLowerCase());
      const replaced = channel.addresses.map((one) => (others.includes(one) ? one : to));
      const addresses = isThere ? others : [...new Set(replaced)];
      await updateChannel(tx, scope, channel.id, { addresses });
      const old = channel.addresses.filter((one) => !others.includes(one));
      if (!isThere) await redirectDeliveries(tx, scope, channel.id, { from: old, to });
      await insertAuditRow(tx, {
        ...channelAudit({ audit, scope }, "channel.update", channel),
        before: { addresses: channel.addresses },
        after: { addresses },
      });
    }
  }
}

async function scopesOf(tx: Transaction, user: Leaver): Promise<CompanyWriteScope[]> {
  if (user.globalRole === "GlobalAdmin") return everyScope(tx);
  return inOrder(user.memberships.map(({ companyId }) => companyId)).map(operatorScope);
}

/** Takes the address out for a user who gets a lower role: where the person could read notifications and no longer can. */
export async function forgetAddressWhereLost(
  tx: Transaction,
  context: ServiceContext,
  before: Leaver,
  after: Leaver,
): Promise<void> {
  await lockChannelsOfUsers(tx, [before]);
  for (const scope of await scopesOf(tx, before)) {
    if (!mayRead(before, scope) || mayRead(after, scope)) continue;
    await forgetAddress(tx, context, scope, before.email, "no longer has access");
  }
}

function mayRead(user: Leaver, { companyId }: CompanyWriteScope): boolean {
  if (companyId === PORTAL_ID) return can(user, "portal-notifications:manage");
  return can(user, "notifications:read", { companyId });
}

/** The portal first, then companies by number: channels are locked in the order of their keys, as by everybody. */
async function everyScope(tx: Transaction): Promise<CompanyWriteScope[]> {
  return [portalScope(), ...inOrder(await listCompanyIds(tx)).map(operatorScope)];
}

function inOrder(companyIds: readonly number[]): number[] {
  return companyIds.toSorted((a, b) => a - b);
}

/** Takes the address out in one company, for a person who leaves it. A channel that loses its last address is disabled, and says `why`. */
export async function forgetAddress(
  tx: Transaction,
  { audit }: ServiceContext,
  scope: CompanyWriteScope,
  email: string,
  why: Why = "has left",
): Promise<void> {
  for (const { channel, addresses } of await lockChannelsTo(tx, scope, email)) {
    await leaveAddresses(tx, { audit, scope }, channel, {
      action: "channel.forget-address",
      addresses,
      reason: `its last address belonged to a user who ${why}`,
    });
  }
}
