import { findUsers } from "@/db/queries/global/users";
import { can } from "@/lib/domain/permissions";
import { isAllowedAddress, MOST_RECIPIENTS } from "@/lib/domain/reports/schedule-form";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { mayReceive } from "./recipients";

interface Recipients {
  memberIds: number[];
  addresses: string[];
}

/**
 * Members go by who sees the company now; whoever may not list its members sends to oneself and to those who got it
 * before. Addresses go by the company's domains, those from before as well. @throws AppError `invalid` naming the field.
 */
export async function assertRecipients(
  { actor, scope: { companyId } }: CompanyContext,
  { memberIds, addresses }: Recipients,
  domains: readonly string[],
  before: Recipients = { memberIds: [], addresses: [] },
): Promise<void> {
  const count = memberIds.length + addresses.length;
  if (count === 0) throw refusal("memberIds", "Choose at least one recipient.");
  if (count > MOST_RECIPIENTS) throw refusal("memberIds", `Choose at most ${MOST_RECIPIENTS} recipients.`);
  const added = memberIds.filter((id) => !before.memberIds.includes(id));
  const users = await findUsers(added);
  const mayList = can(actor, "user:list", { companyId });
  const isOpen = (id: number) =>
    (mayList || id === actor.userId) &&
    mayReceive(
      users.find(({ userId }) => userId === id),
      companyId,
    );
  if (!added.every(isOpen)) throw refusal("memberIds", "Reports go to members of the company only.");
  const foreign = addresses.find((address) => !isAllowedAddress(address, domains));
  if (foreign === undefined) return;
  const allowed = domains.length === 0 ? "no other addresses than its members'" : domains.join(", ");
  throw refusal("addresses", `${foreign} is not allowed. The company allows ${allowed}.`);
}

function refusal(field: string, message: string): AppError {
  return new AppError("invalid", message, [{ field, message }]);
}
