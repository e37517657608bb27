import { Webhook } from "standardwebhooks";
import type { ChannelRow } from "@/db/queries/notifications/channels";
import { writeNtfyBody, writeSlackBody, writeTeamsBody } from "@/lib/domain/notifications/chat-bodies";
import { ATTEMPT_TIMEOUT_MS } from "@/lib/domain/notifications/retry-schedule";
import { writeWebhookBody } from "@/lib/domain/notifications/webhook-body";
import { unseal } from "@/lib/secret-box";
import { postGuarded } from "./post-guarded";
import { failure, type Sending, type Transport } from "./transport";

/** Sends to webhooks, Slack, Microsoft Teams and ntfy: the same post with different bodies. */
export const sendOverHttp: Transport = async ({ channel, delivery, message, reader, signal }) => {
  const opened = openSecrets(channel);
  if (!opened) return failure({ key: "deliveryNotes.unreadable" });
  const now = new Date();
  const { url, body } = bodyFor(channel.type, { message, reader }, opened.url, now.getTime());
  const headers =
    channel.type === "webhook"
      ? signatureHeaders(opened.secrets, delivery.messageId, now, body)
      : channel.type === "ntfy" && opened.secrets[0]
        ? { Authorization: `Bearer ${opened.secrets[0]}` }
        : {};
  return postGuarded({ url, headers, body, signal, timeoutMilliseconds: ATTEMPT_TIMEOUT_MS });
};

/** null when AUTH_SECRET was lost. During a rotation both secrets count, the new one first. */
function openSecrets(channel: ChannelRow): { url: string; secrets: string[] } | null {
  const { urlEncrypted, secretEncrypted, previousSecretEncrypted, previousSecretUntil } = channel;
  const hasPrevious = previousSecretUntil !== null && previousSecretUntil.getTime() > Date.now();
  try {
    const sealed = [secretEncrypted, hasPrevious ? previousSecretEncrypted : null].filter(
      (one) => one !== null,
    );
    return {
      url: unseal(urlEncrypted!, "channel"),
      secrets: sealed.map((one) => unseal(one, "channel")),
    };
  } catch {
    return null;
  }
}

function bodyFor(
  type: string,
  { message, reader }: Pick<Sending, "message" | "reader">,
  url: string,
  at: number,
): { url: string; body: string } {
  if (type === "slack") return { url, body: writeSlackBody(message, reader) };
  if (type === "teams") return { url, body: writeTeamsBody(message, reader) };
  if (type === "ntfy") return writeNtfyBody(message, url, reader);
  return { url, body: writeWebhookBody(message, at, reader) };
}

/** As Standard Webhooks 1.0 has them, with a signature for each secret. */
function signatureHeaders(
  secrets: readonly string[],
  messageId: string,
  at: Date,
  body: string,
): Record<string, string> {
  const id = `msg_${messageId}`;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}
