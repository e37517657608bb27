import { randomUUID } from "node:crypto";
import { z } from "zod";
import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { writeMail } from "@/lib/domain/mail/layout";
import { emailText } from "@/lib/domain/user-input";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { publicUrl } from "@/lib/public-url";
import { assertCan } from "../access/denied";
import type { ServiceContext } from "../context";
import { isMailSetUp, smtpOptions } from "./mail-pool";
import { sendMail } from "./send-mail";

/** How mail is set up, without user name and password. */
export interface MailSetUp {
  server: string;
  encryption: string;
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
  const startTls = requireTLS ? "STARTTLS" : "STARTTLS when offered";
  return {
    server: `${host}, port ${port}`,
    encryption: secure ? "TLS" : ignoreTLS ? "none" : startTls,
    sender: MAIL_FROM,
    isSigned: MAIL_DKIM_SELECTOR !== undefined,
    hasPublicUrl: publicUrl() !== null,
  };
}

export const testMailInput = z.object({ address: emailText });

export interface TestMailAnswer {
  isSent: boolean;
  /** What went wrong, in our words. */
  note: string | null;
  /** The mail server's own words; null when it said nothing. */
  answer: string | null;
}

/**
 * Sends a test message once and waits up to a minute for what the mail server says. Whoever asks wants to read that,
 * so it does not go through the queue. @throws AccessDenied; AppError `conflict` while mail is not set up.
 */
export async function sendTestMail(
  { audit, actor }: ServiceContext,
  { address }: z.output<typeof testMailInput>,
): Promise<TestMailAnswer> {
  assertCan(actor, "settings:update");
  if (!isMailSetUp()) throw new AppError("conflict", "Mail is not set up.");
  const by = audit.actorName ?? "an administrator";
  const written = writeMail({
    subject: "WinAuthMon: Test message",
    title: "Test message",
    tone: "neutral",
    blocks: [{ kind: "text", text: `This is a test by ${by}. Mail of the portal arrives here.` }],
    footer: [`WinAuthMon sends this to ${address}. Nobody reads answers.`],
  });
  const mail = { ...written, to: address, messageId: randomUUID() };
  const { result, note, answer } = await sendMail(mail, new AbortController().signal);
  const isSent = result === "success";
  await database().transaction((tx) =>
    insertAuditRow(tx, {
      ...audit,
      companyId: null,
      action: "mail.test",
      outcome: isSent ? "success" : "failure",
      after: { to: address, ...(!isSent && { reason: note }) },
    }),
  );
  return { isSent, note, answer };
}
