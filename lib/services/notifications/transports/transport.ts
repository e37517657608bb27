import type { ChannelRow } from "@/db/queries/notifications/channels";
import type { DeliveryRow } from "@/db/queries/notifications/deliveries";
import type { Message } from "@/lib/domain/notifications/message";
import type { Reader, Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import type { AttemptResult } from "@/lib/domain/notifications/retry-schedule";

/** How an attempt went. */
export interface SendOutcome {
  result: AttemptResult;
  /** HTTP's or SMTP's; null when there was no answer. */
  status: number | null;
  /** In our own words: nothing that the receiver said. null for a success. */
  note: string | null;
  retryAfterMs: number | null;
}

export interface Sending {
  channel: ChannelRow;
  delivery: Pick<DeliveryRow, "companyId" | "id" | "messageId" | "address">;
  /** In the reader's words. */
  message: Message;
  reader: Reader;
  signal: AbortSignal;
}

/** Sends one message once, within fifteen seconds. Never throws for what the receiver does. */
export type Transport = (sending: Sending) => Promise<SendOutcome>;

export function failure(note: string | Text, status: number | null = null): SendOutcome {
  return { result: "failed", status, note: inEnglish(note), retryAfterMs: null };
}
