import type { MailRow, MailUser } from "@/db/queries/mail/messages";
import { findPendingRegistration } from "@/db/queries/mail/pending-registrations";
import { findTokenUserId } from "@/db/queries/users/one-time-tokens";
import type { MailSurroundings } from "@/lib/domain/mail/mail-parts";
import { isLinkMail, type LinkMailKind } from "@/lib/domain/mail/personal-mails";
import { publicUrl } from "@/lib/public-url";
import { readSettings } from "../settings/read-settings";
import { linkTokens, tokenDigestOf } from "./queue-mail";

/** What a mail says besides its own parameters; or why it is of no use any more. */
export async function readMailSurroundings(
  mail: MailRow,
  user: MailUser | null,
): Promise<MailSurroundings | { dropped: string }> {
  const base = publicUrl();
  if (base === null) return { dropped: "PUBLIC_URL is not set, so the mail has no link." };
  const token = isLinkMail(mail.kind) ? await openToken(mail.kind, mail.messageId) : null;
  if (isLinkMail(mail.kind) && token === null) return { dropped: "Its link was used or has expired." };
  const zone = user?.timeZone ?? (await readSettings()).timeZone;
  return {
    base,
    token,
    username: user?.username ?? null,
    address: mail.address,
    at: inWords(mail.createdAt, zone),
    expiresAt: mail.expiresAt && inWords(mail.expiresAt, zone),
  };
}

/** The message's token, if its link works still. */
async function openToken(kind: LinkMailKind, messageId: string): Promise<string | null> {
  for (const token of linkTokens(messageId)) {
    const digest = tokenDigestOf(token);
    const isOpen =
      kind === "confirm-registration"
        ? (await findPendingRegistration(digest)) !== null
        : (await findTokenUserId(digest, kind)) !== null;
    if (isOpen) return token;
  }
  return null;
}

function inWords(at: Date, timeZone: string): string {
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone });
  return `${words.format(at)} (${timeZone})`;
}
