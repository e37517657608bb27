import { randomUUID } from "node:crypto";
import { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { writeMail, type MailContent, type WrittenMail } from "@/lib/domain/mail/layout";
import type { Text } from "@/lib/domain/text";
import { emailText } from "@/lib/domain/user-input";
import { inEnglish } from "@/lib/english";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { publicUrl } from "@/lib/public-url";
import { readerOf } from "@/lib/texts";
import { assertCan } from "../access/denied";
import type { ServiceContext } from "../context";
import { isMailSetUp, smtpOptions } from "./mail-pool";
import { sendMail } from "./send-mail";

/** How mail is set up, without user name and password. */
export interface MailSetUp {
  server: Text;
  encryption: Text;
  sender: string;
  isSigned: boolean;
  hasPublicUrl: boolean;
}

/** null while mail is not set up. @throws AccessDenied. */
export function readMailSetUp({ actor }: Pick<ServiceContext, "actor">): MailSetUp | null {
  assertCan(actor, "settings:update");
  const { SMTP_URL, MAIL_FROM, MAIL_DKIM_SELECTOR } = env();
  if (!SMTP_URL || !MAIL_FROM) return null;
  const { host, port, secure, requireTLS, ignoreTLS } = smtpOptions(SMTP_URL);
  return {
    server: { key: "mailNotes.server", values: { host: host ?? "", port: String(port) } },
    encryption: encryptionOf({ secure, requireTLS, ignoreTLS }),
    sender: MAIL_FROM,
    isSigned: MAIL_DKIM_SELECTOR !== undefined,
    hasPublicUrl: publicUrl() !== null,
  };
}

function encryptionOf({ secure, requireTLS, ignoreTLS }: Record<string, boolean | undefined>): Text {
  if (secure) return { key: "mailNotes.tls" };
  if (ignoreTLS) return { key: "mailNotes.noTls" };
  return requireTLS ? { key: "mailNotes.startTls" } : { key: "mailNotes.startTlsIfOffered" };
}

export const testMailInput = z.object({ address: emailText });

export interface TestMailAnswer {
  isSent: boolean;
  /** What went wrong; null for nothing. */
  note: Text | null;
  /** The mail server's own words; null when it said nothing. */
  answer: string | null;
}

/**
 * Sends a test message once and waits up to a minute for what the mail server says. The user sees that at once, so it
 * doesn't go through the queue. @throws AccessDenied; AppError `conflict` while mail is not set up.
 */
export async function sendTestMail(
  { audit, actor }: ServiceContext,
  { address }: z.output<typeof testMailInput>,
): Promise<TestMailAnswer> {
  assertCan(actor, "settings:update");
  if (!isMailSetUp()) throw new AppError("conflict", { key: "mailNotes.notSetUp" });
  const written = writeTestMail(audit.actorName, address);
  const mail = { ...written, to: address, messageId: randomUUID() };
  const { result, note, answer } = await sendMail(mail, new AbortController().signal);
  const isSent = result === "success";
  await database().transaction((tx) =>
    insertAuditRow(tx, {
      ...audit,
      companyId: null,
      action: "mail.test",
      outcome: isSent ? "success" : "failure",
      after: { to: address, ...(note && { reason: inEnglish(note) }) },
    }),
  );
  return { isSent, note, answer };
}

function writeTestMail(by: string | null, address: string): WrittenMail {
  const content = {
    subject: { key: "mails.subject", values: { sender: "WinAuthMon", title: { key: "mails.testTitle" } } },
    title: { key: "mails.testTitle" },
    tone: "neutral",
    blocks: [
      { kind: "text", text: { key: "mails.test", values: { by: by ?? { key: "mails.anAdministrator" } } } },
    ],
    footer: [{ key: "mails.sentTo", values: { address } }],
  } as const satisfies MailContent;
  return writeMail(content, readerOf("en", "UTC"));
}
