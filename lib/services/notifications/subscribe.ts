import { findByNameKeys } from "@/db/queries/notifications/preview";
import { readWithin } from "@/db/scope";
import { nameKey } from "@/lib/domain/events/wire";
import type { SubscriptionForm } from "@/lib/domain/notifications/channel-form";
import type { Text } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { assertMayManage } from "./authority";
import { createSubscription } from "./manage-subscriptions";

/** Subscribes a channel by the names of accounts and computers. @throws AppError `invalid` for an unknown name. */
export async function subscribe(
  context: CompanyContext,
  { accounts, computers, ...wanted }: SubscriptionForm,
): Promise<{ id: number }> {
  assertMayManage(context);
  const [accountIds, computerIds] = await Promise.all([
    idsOf(context, "accounts", accounts),
    idsOf(context, "computers", computers),
  ]);
  return createSubscription(context, { ...wanted, accountIds, computerIds });
}

async function idsOf(
  { scope }: CompanyContext,
  table: "accounts" | "computers",
  names: readonly string[],
): Promise<number[]> {
  if (names.length === 0) return [];
  const found = await readWithin(scope, (tx) => findByNameKeys(tx, scope, table, names.map(nameKey)));
  const missing = names.find((name) => !found.has(nameKey(name)));
  if (missing === undefined) return [...found.values()];
  const values = { name: missing };
  const message: Text =
    table === "accounts"
      ? { key: "notificationErrors.noAccount", values }
      : { key: "notificationErrors.noComputer", values };
  throw new AppError("invalid", message, [{ field: table, message }]);
}
