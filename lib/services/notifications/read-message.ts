import type { Transaction } from "@/db/client";
import type { DeliveryRow } from "@/db/queries/notifications/deliveries";
import { listTold, type ToldRow } from "@/db/queries/notifications/items";
import type { CompanyWriteScope } from "@/db/scope";
import type { Severity } from "@/lib/domain/notifications/kind";
import {
  composeMessage,
  type Message,
  type MessageReason,
  type ToldKind,
} from "@/lib/domain/notifications/message";
import { publicUrl } from "@/lib/public-url";
import { readOwner } from "./group-rules";

/** More than any message lists. */
const MOST_OF_KIND = 50;

/** A delivery's message; null if its notifications no longer exist. Read for each attempt, so erased names don't appear. */
export async function readMessage(
  tx: Transaction,
  scope: CompanyWriteScope,
  { groupId, reason }: Pick<DeliveryRow, "groupId" | "reason">,
): Promise<Message | null> {
  const owner = await readOwner(tx, scope);
  if (!owner) return null;
  const rows =
    reason === "test"
      ? []
      : await listTold(tx, scope, { groupId, isReminder: reason === "reminder", mostOfKind: MOST_OF_KIND });
  if (rows.length === 0 && reason !== "test") return null;
  const { company } = owner;
  return composeMessage({
    reason: reason as MessageReason,
    company,
    kinds: kindsOf(rows),
    url: notificationsAddress(company?.id ?? null),
  });
}

/** The page with a company's or the portal's notifications; null while the public address is not set. */
export function notificationsAddress(companyId: number | null): string | null {
  const base = publicUrl();
  return base && `${base}/${companyId ?? "admin"}/notifications`;
}

function kindsOf(rows: readonly ToldRow[]): ToldKind[] {
  const kinds = new Map<string, ToldRow[]>();
  for (const row of rows) kinds.set(row.kind, [...(kinds.get(row.kind) ?? []), row]);
  return [...kinds].map(([kind, ofKind]) => ({
    kind,
    severity: ofKind[0]!.severity as Severity,
    count: ofKind[0]!.kindCount,
    first: ofKind.map(({ id, severity, at, params }) => ({
      id,
      kind,
      severity: severity as Severity,
      at,
      params,
    })),
  }));
}
