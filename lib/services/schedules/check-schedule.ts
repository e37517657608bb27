import { findUsers } from "@/db/queries/global/users";
import { can } from "@/lib/domain/permissions";
import { isAllowedAddress, MOST_RECIPIENTS } from "@/lib/domain/reports/schedule-form";
import type { Text } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { mayReceive } from "./recipients";

interface Recipients {
  memberIds: number[];
  addresses: string[];
}

/**
 * Members go by who sees the company now; users who may not list them send to themselves and to those who got it
 * before. Addresses go by the company's domains, those from before as well. @throws AppError `invalid` naming the field.
 */
export async function assertRecipients(
  { actor, scope: { companyId } }: CompanyContext,
  { memberIds, addresses }: Recipients,
  domains: readonly string[],
  before: Recipients = { memberIds: [], addresses: [] },
): Promise<void> {
  const count = memberIds.length + addresses.length;
  if (count === 0) throw refusal("memberIds", { key: "scheduleErrors.recipientsMissing" });
  if (count > MOST_RECIPIENTS) {
    const values = { max: MOST_RECIPIENTS };
    throw refusal("memberIds", { key: "scheduleErrors.recipientsTooMany", values });
  }
  const added = memberIds.filter((id) => !before.memberIds.includes(id));
  const users = await findUsers(added);
  const mayList = can(actor, "user:list", { companyId });
  const isOpen = (id: number) =>
    (mayList || id === actor.userId) &&
    mayReceive(
      users.find(({ userId }) => userId === id),
      companyId,
    );
  if (!added.every(isOpen)) throw refusal("memberIds", { key: "scheduleErrors.membersOnly" });
  const foreign = addresses.find((address) => !isAllowedAddress(address, domains));
  if (foreign === undefined) return;
  if (domains.length === 0) {
    throw refusal("addresses", { key: "scheduleErrors.addressesRefused", values: { address: foreign } });
  }
  const values = { address: foreign, domains: domains.join(", ") };
  throw refusal("addresses", { key: "scheduleErrors.addressRefused", values });
}

function refusal(field: string, message: Text): AppError {
  return new AppError("invalid", message, [{ field, message }]);
}
