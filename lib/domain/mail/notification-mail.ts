import type { Message } from "../notifications/message";
import { writeMail, type MailBlock, type WrittenMail } from "./layout";

const MOST_LINES = 50;

/** The message of a channel as a mail to one of its addresses. */
export function writeNotificationMail(
  message: Message,
  { channel, address, unsubscribeUrl }: { channel: string; address: string; unsubscribeUrl: string | null },
): WrittenMail {
  const owner = message.company?.name ?? "WinAuthMon";
  const shown = message.lines.slice(0, MOST_LINES);
  const left = message.lines.length - shown.length;
  const items = left > 0 ? [...shown, `and ${left} more`] : shown;
  const body: MailBlock[] = [];
  if (items.length > 1) body.push({ kind: "list", items });
  else if (items[0] && !saysTheSame(message.title, items[0])) body.push({ kind: "text", text: items[0] });
  if (message.url) body.push({ kind: "button", label: "Open WinAuthMon", url: message.url });
  const whose = message.company ? `of ${message.company.name}` : "of the portal";
  return writeMail({
    subject: `${owner}: ${message.title}`,
    title: message.title,
    tone: message.severity === "info" ? "neutral" : message.severity,
    blocks: body,
    footer: [`WinAuthMon sends this to ${address}, an address of the channel ${channel} ${whose}.`],
    unsubscribeUrl,
  });
}

/** The title of a single sentence is that sentence. */
function saysTheSame(title: string, line: string): boolean {
  return title.endsWith(line.replace(/\.$/, ""));
}
