import type { Message } from "../notifications/message";
import type { Reader, Text } from "../text";
import { writeMail, type MailBlock, type MailWords, type WrittenMail } from "./layout";

const MOST_LINES = 50;

/** The message of a channel as a mail to one of its addresses. The message is in the reader's words. */
export function writeNotificationMail(
  message: Message,
  { channel, address, unsubscribeUrl }: { channel: string; address: string; unsubscribeUrl: string | null },
  reader: Reader,
): WrittenMail {
  const { company, title, severity, url } = message;
  const shown = message.lines.slice(0, MOST_LINES);
  const left = message.lines.length - shown.length;
  const items: MailWords[] =
    left > 0 ? [...shown, { key: "mails.more", values: { count: left } }] : [...shown];
  const body: MailBlock[] = [];
  if (items.length > 1) body.push({ kind: "list", items });
  else if (shown[0] && !saysTheSame(title, shown[0])) body.push({ kind: "text", text: shown[0] });
  if (url) body.push({ kind: "button", label: { key: "mails.open" }, url });
  const reason: Text = company
    ? { key: "mails.sentToChannel", values: { address, channel, company: company.name } }
    : { key: "mails.sentToPortalChannel", values: { address, channel } };
  const content = {
    subject: { key: "mails.subject", values: { sender: company?.name ?? "WinAuthMon", title } },
    title,
    tone: severity === "info" ? "neutral" : severity,
    blocks: body,
    footer: [reason],
    unsubscribeUrl,
  } as const;
  return writeMail(content, reader);
}

/** The title of a single sentence is that sentence. */
function saysTheSame(title: string, line: string): boolean {
  return title.endsWith(line.replace(/\.$/, ""));
}
