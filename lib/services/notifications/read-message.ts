import type { Transaction } from "@/db/client";
import type { ChannelRow } from "@/db/queries/notifications/channels";
import type { DeliveryRow } from "@/db/queries/notifications/deliveries";
import { listTold, type ToldRow } from "@/db/queries/notifications/items";
import type { CompanyWriteScope } from "@/db/scope";
import type { Severity } from "@/lib/domain/notifications/severity";
import {
  composeMessage,
  type Message,
  type MessageReason,
  type ToldKind,
} from "@/lib/domain/notifications/message";
import type { Reader } from "@/lib/domain/text";
import { PROGRAM_READER } from "@/lib/english";
import { publicUrl } from "@/lib/public-url";
import { readerOf } from "@/lib/texts";
import type { NotificationOwner } from "./group-rules";

/** More than any message lists. */
const MOST_OF_KIND = 50;

export interface WordedMessage {
  message: Message;
  /** In whose words it is. */
  reader: Reader;
}

/** Programs read webhooks; people read the others, in the company's language and zone. */
function readerOfChannel(type: string, { locale, zone }: NotificationOwner): Reader {
  return type === "webhook" ? PROGRAM_READER : readerOf(locale, zone);
}

/** A delivery's message; null if its notifications no longer exist. Read for each attempt, so erased names don't appear. */
export async function readMessage(
  tx: Transaction,
  scope: CompanyWriteScope,
  owner: NotificationOwner,
  { groupId, reason }: Pick<DeliveryRow, "groupId" | "reason">,
  { type }: Pick<ChannelRow, "type">,
): Promise<WordedMessage | null> {
  const rows =
    reason === "test"
      ? []
      : await listTold(tx, scope, { groupId, isReminder: reason === "reminder", mostOfKind: MOST_OF_KIND });
  if (rows.length === 0 && reason !== "test") return null;
  const { company } = owner;
  const parts = {
    reason: reason as MessageReason,
    company,
    kinds: kindsOf(rows),
    url: notificationsAddress(company?.id ?? null),
  };
  const reader = readerOfChannel(type, owner);
  return { message: composeMessage(parts, reader), reader };
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
