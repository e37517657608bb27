import { findUsers } from "@/db/queries/global/users";
import type { MailRow, MailUser } from "@/db/queries/mail/messages";
import { findPendingRegistration } from "@/db/queries/mail/pending-registrations";
import { findTokenUserId } from "@/db/queries/users/one-time-tokens";
import type { MailSurroundings } from "@/lib/domain/mail/mail-parts";
import type { Reader } from "@/lib/domain/text";
import { storedLocale } from "@/lib/domain/locales";
import { isLinkMail, type LinkMailKind, type PersonalMails } from "@/lib/domain/mail/personal-mails";
import { can } from "@/lib/domain/permissions";
import { inEnglish } from "@/lib/english";
import { publicUrl } from "@/lib/public-url";
import { readerOf } from "@/lib/texts";
import { readSettings } from "../settings/read-settings";
import { linkTokens, tokenDigestOf } from "./queue-mail";

/** What a mail says besides its own parameters, and who reads it; or why it is of no use any more. */
export async function readMailSurroundings(
  mail: MailRow,
  user: MailUser | null,
): Promise<{ around: MailSurroundings; reader: Reader } | { dropped: string }> {
  if (mail.kind === "alert-assigned" && !(await mayManageStill(mail))) {
    return { dropped: inEnglish({ key: "mailNotes.accessLost" }) };
  }
  const base = publicUrl();
  if (base === null) return { dropped: inEnglish({ key: "mailNotes.noPublicUrl" }) };
  const token = isLinkMail(mail.kind) ? await openToken(mail.kind, mail.messageId) : null;
  if (isLinkMail(mail.kind) && token === null) return { dropped: inEnglish({ key: "mailNotes.linkUsed" }) };
  const around = {
    base,
    token,
    username: user?.username ?? null,
    address: mail.address,
    at: mail.createdAt.getTime(),
    expiresAt: mail.expiresAt && mail.expiresAt.getTime(),
  };
  return {
    around,
    reader: readerOf(storedLocale(user?.language), user?.timeZone ?? (await readSettings()).timeZone),
  };
}

/** Whether a user is active, and may manage the alerts of the company that the mail tells of, now that it is sent. */
async function mayManageStill({ userId, params }: MailRow): Promise<boolean> {
  const [user] = await findUsers(userId === null ? [] : [userId]);
  if (!user?.isActive) return false;
  const { companyId } = params as Partial<PersonalMails["alert-assigned"]>;
  return companyId === undefined || can(user, "alerts:manage", { companyId });
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
