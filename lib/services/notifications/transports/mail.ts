import { writeNotificationMail } from "@/lib/domain/mail/notification-mail";
import { inEnglish } from "@/lib/english";
import { sendMail } from "../../mail/send-mail";
import { unsubscribeHeaders, unsubscribeUrls } from "../../mail/unsubscribe-links";
import { failure, type Transport } from "./transport";

/** Sends a channel's message to one of its addresses. */
export const sendByMail: Transport = async ({ channel, delivery, message, reader, signal }) => {
  const { companyId, address, messageId } = delivery;
  if (address === null) return failure({ key: "deliveryNotes.noAddress" });
  const urls = unsubscribeUrls({ kind: "channel", companyId, channelId: channel.id, address });
  const mail = writeNotificationMail(
    message,
    { channel: channel.name, address, unsubscribeUrl: urls?.page ?? null },
    reader,
  );
  const { result, status, note, retryAfterMs } = await sendMail(
    {
      ...mail,
      to: address,
      messageId,
      headers: unsubscribeHeaders(urls, `channel-${channel.id}.company-${companyId}`),
    },
    signal,
  );
  return { result, status, note: note && inEnglish(note), retryAfterMs };
};
