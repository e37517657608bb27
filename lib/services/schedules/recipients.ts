import { randomUUID } from "node:crypto";
import { findUsers, type UserRecord } from "@/db/queries/global/users";
import type { ScheduleRow } from "@/db/queries/schedules/schedules";
import { can } from "@/lib/domain/permissions";
import { isAllowedAddress } from "@/lib/domain/reports/schedule-form";
import type { Text } from "@/lib/domain/text";
import type { RunRecipient } from "@/lib/domain/reports/schedule-run";
import { inEnglish } from "@/lib/english";

/** Who may get the company's reports at this moment. */
export interface RecipientRules {
  companyId: number;
  /** Mail domains to which reports may go besides members. */
  domains: readonly string[];
}

export function mayReceive(user: UserRecord | undefined, companyId: number): user is UserRecord {
  return user !== undefined && user.isActive && can(user, "events:read", { companyId });
}

/**
 * The recipients of a run as they are now: those of the schedule at the first attempt, later the same ones under the
 * same message ids. Those who may no longer get it are refused; what was sent stays sent.
 */
export async function judgeRecipients(
  { memberIds, addresses }: Pick<ScheduleRow, "memberIds" | "addresses">,
  before: readonly RunRecipient[] | null,
  { companyId, domains }: RecipientRules,
): Promise<RunRecipient[]> {
  const ids = before ? before.flatMap(({ userId }) => userId ?? []) : memberIds;
  const users = new Map((await findUsers(ids)).map((user) => [user.userId, user]));
  const fresh = (address: string, userId: number | null): RunRecipient => {
    return { address, userId, messageId: randomUUID(), state: "waiting", note: null };
  };
  const all =
    before ??
    [
      ...memberIds.map((id) => fresh(users.get(id)?.email ?? "", id)),
      ...addresses.map((address) => fresh(address, null)),
    ].filter(isFirstOfMailbox);
  return all.map((one) => {
    if (one.state !== "waiting") return one;
    const isRecipient =
      one.userId === null ? addresses.includes(one.address) : memberIds.includes(one.userId);
    if (!isRecipient) return refused(one, { key: "scheduleErrors.noLongerRecipient" });
    if (one.userId === null) {
      return isAllowedAddress(one.address, domains)
        ? one
        : refused(one, { key: "scheduleErrors.domainRefused" });
    }
    const user = users.get(one.userId);
    if (!mayReceive(user, companyId)) return refused(one, { key: "scheduleErrors.noAccess" });
    return { ...one, address: user.email };
  });
}

/** A member's own address may be named besides. */
function isFirstOfMailbox({ address }: RunRecipient, place: number, all: readonly RunRecipient[]): boolean {
  const isSame = (one: RunRecipient) => one.address.toLowerCase() === address.toLowerCase();
  return address === "" || all.findIndex(isSame) === place;
}

const refused = (one: RunRecipient, note: Text): RunRecipient => {
  return { ...one, state: "refused", note: inEnglish(note) };
};

/** The recipients of a run that ends before all have got it: those still waiting get nothing. */
export function leftOut(recipients: readonly RunRecipient[] | null): RunRecipient[] | undefined {
  return recipients?.map((one) => (one.state === "waiting" ? { ...one, state: "refused" } : one));
}
