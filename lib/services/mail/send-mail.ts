import type { Readable } from "node:stream";
import type { NodemailerError } from "nodemailer";
import { domainOf, isMailAddress } from "@/lib/domain/mail/address";
import { oneLine, type WrittenMail } from "@/lib/domain/mail/layout";
import { logger } from "@/lib/logger";
import { failure, type SendOutcome } from "../notifications/transports/transport";
import { mailPool, type MailPool } from "./mail-pool";

/** Mail servers may look long before they answer; what is given up too soon would arrive twice. */
const TIMEOUT_SECONDS = 60;

export interface MailAttachment {
  fileName: string;
  contentType: string;
  content: Buffer | Readable;
  /** Makes it a picture of the HTML body, which names it so. */
  contentId?: string;
}

export interface Mail extends WrittenMail {
  to: string;
  /** The same on every attempt: the Message-ID is made from it, so that a repeat can be told. */
  messageId: string;
  headers?: Readonly<Record<string, string>>;
  attachments?: readonly MailAttachment[];
}

export interface MailOutcome extends SendOutcome {
  /** What the mail server said, in its own words; null when it said nothing. For operators only. */
  answer: string | null;
}

/**
 * Sends one mail once. Never throws for what the mail server does.
 *
 * A recipient or message refused for good (5xx) is `rejected`. Everything else, such as a refused sign-in or sender,
 * is a matter of the set-up, which can be mended, and so `failed`. @throws the signal's reason once it is raised.
 */
export async function sendMail(mail: Mail, signal: AbortSignal): Promise<MailOutcome> {
  const timeout = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  try {
    if (!isMailAddress(mail.to)) {
      return { ...failure("Mail cannot be sent to this address."), result: "rejected", answer: null };
    }
    const pool = mailPool();
    if (!pool) return { ...failure("Mail is not set up."), answer: null };
    const sent = await pool.transporter.sendMail({
      ...messageOf(mail, pool),
      signal: AbortSignal.any([signal, timeout]),
    });
    const answer = oneLine(sent.response ?? "");
    return { result: "success", status: statusOf(answer), note: null, retryAfterMs: null, answer };
  } catch (error) {
    // The server stops: the attempt did not happen, and is made again under the same id.
    if (signal.aborted) throw signal.reason;
    const isLate = timeout.aborted;
    const outcome = isLate
      ? { ...failure(`The mail server took longer than ${TIMEOUT_SECONDS} s.`), answer: null }
      : outcomeOf(error as NodemailerError);
    logger.warn({ note: outcome.note, answer: outcome.answer }, "Can't send an email");
    return outcome;
  }
}

function messageOf(mail: Mail, { sender }: MailPool) {
  const { to, subject, html, text, messageId, headers, attachments = [] } = mail;
  return {
    from: sender,
    to: { name: "", address: to },
    envelope: { from: sender.address, to: [to] },
    messageId: `<${messageId}@${domainOf(sender.address)}>`,
    subject,
    text,
    html,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", ...headers },
    attachments: attachments.map(({ fileName, contentType, content, contentId }) => ({
      filename: fileName,
      contentType,
      content,
      ...(contentId && { cid: contentId, contentDisposition: "inline" as const }),
    })),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNECTION: "The connection to the mail server was closed.",
  ESOCKET: "The connection to the mail server failed.",
  ETIMEDOUT: "The mail server did not answer in time.",
  EDNS: "The name of the mail server cannot be found.",
  ETLS: "The mail server offers no encryption (STARTTLS) that can be used.",
  EAUTH: "The mail server refused the sign-in.",
  ENOAUTH: "The mail server asks for a sign-in.",
  EPROTOCOL: "The mail server answered with something that is not SMTP.",
};

const OF_RECIPIENT = new Set(["RCPT TO", "DATA"]);

function outcomeOf(error: NodemailerError): MailOutcome {
  const { responseCode, response, command = "" } = error;
  const status = responseCode ?? null;
  const isFinal = status !== null && status >= 500 && status !== 503 && OF_RECIPIENT.has(command);
  // Without an answer the error's own words tell an operator more: an unreadable key, a certificate's flaw.
  const answer = oneLine(response || error.message) || null;
  return { ...failure(noteOf(error), status), result: isFinal ? "rejected" : "failed", answer };
}

function noteOf(error: NodemailerError): string {
  const { code = "", responseCode, command } = error;
  if (responseCode !== undefined && code !== "EAUTH") {
    return `The mail server refused the ${command === "RCPT TO" ? "recipient" : "message"} (${responseCode}).`;
  }
  return certificateNote(error) ?? WORDS[code] ?? "The mail could not be sent.";
}

function certificateNote({ code, message }: NodemailerError): string | null {
  return /CERT|SELF_SIGNED|ALTNAME/i.test(`${code} ${message}`)
    ? "The certificate of the mail server cannot be trusted."
    : null;
}

function statusOf(answer: string): number | null {
  const [, digits] = /^(\d{3})\b/.exec(answer) ?? [];
  return digits ? Number(digits) : null;
}
