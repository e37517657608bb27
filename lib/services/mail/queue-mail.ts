import { randomUUID } from "node:crypto";
import type { Transaction } from "@/db/client";
import { putEntry } from "@/db/queries/global/queue";
import { insertMail } from "@/db/queries/mail/messages";
import { PORTAL_ID } from "@/db/scope";
import type { PersonalMailKind, PersonalMails } from "@/lib/domain/mail/personal-mails";
import { digestOf, secretsFrom } from "@/lib/secret-box";

export interface NewMail<Kind extends PersonalMailKind> {
  kind: Kind;
  params: PersonalMails[Kind];
  userId: number | null;
  address: string;
  expiresAt?: Date;
}

export interface QueuedMail {
  /** For a link: the stored part of its token. The token itself is generated when the mail is sent. */
  tokenDigest: string;
}

export const tokenDigestOf = (token: string) => digestOf(token).toString("hex");

/** The tokens that a message's link may have, one for each current AUTH_SECRET, the present one first. */
export function linkTokens(messageId: string): [string, ...string[]] {
  return secretsFrom(messageId, "mail-link");
}

/** Has a mail sent as soon as the transaction is committed, and only then. */
export async function queueMail<Kind extends PersonalMailKind>(
  tx: Transaction,
  { kind, params, userId, address, expiresAt }: NewMail<Kind>,
): Promise<QueuedMail> {
  const messageId = randomUUID();
  const row = { messageId, kind, userId, address, expiresAt: expiresAt ?? null };
  const mailId = await insertMail(tx, { ...row, params: { ...params } });
  await putEntry(tx, { companyId: PORTAL_ID, queue: "mail", key: String(mailId) }, new Date());
  return { tokenDigest: tokenDigestOf(linkTokens(messageId)[0]) };
}
