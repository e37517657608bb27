import type { Readable } from "node:stream";
import type { NodemailerError } from "nodemailer";
import { domainOf, isMailAddress } from "@/lib/domain/mail/address";
import { oneLine, type WrittenMail } from "@/lib/domain/mail/layout";
import type { Text } from "@/lib/domain/text";
import { inEnglish } from "@/lib/english";
import { logger } from "@/lib/logger";
import type { SendOutcome } from "../notifications/transports/transport";
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

export interface MailOutcome extends Omit<SendOutcome, "note"> {
  /** What went wrong; null for a success. */
  note: Text | null;
  /** What the mail server said, in its own words; null when it said nothing. For operators only. */
  answer: string | null;
}

/**
 * Sends one mail once. Never throws for what the mail server does.
 *
 * A recipient or message refused for good (5xx) is `rejected`. Everything else, such as a refused sign-in, sender, or
 * relaying, is a matter of the set-up, which can be mended, and so `failed`. @throws the signal's reason once it is raised.
 */
export async function sendMail(mail: Mail, signal: AbortSignal): Promise<MailOutcome> {
  const timeout = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  try {
    if (!isMailAddress(mail.to)) {
      return { ...failure({ key: "mailNotes.addressRefused" }), result: "rejected" };
    }
    const pool = mailPool();
    if (!pool) return failure({ key: "mailNotes.notSetUp" });
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
      ? failure({ key: "mailNotes.slow", values: { seconds: TIMEOUT_SECONDS } })
      : outcomeOf(error as NodemailerError);
    const note = outcome.note && inEnglish(outcome.note);
    logger.warn({ note, answer: outcome.answer }, "Can't send an email");
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

function failure(note: Text, status: number | null = null): MailOutcome {
  return { result: "failed", status, note, retryAfterMs: null, answer: null };
}

const NOTES: Readonly<Record<string, Text>> = {
  ECONNECTION: { key: "mailNotes.closed" },
  ESOCKET: { key: "mailNotes.failed" },
  ETIMEDOUT: { key: "mailNotes.timedOut" },
  EDNS: { key: "mailNotes.unknownName" },
  ETLS: { key: "mailNotes.noEncryption" },
  EAUTH: { key: "mailNotes.signInRefused" },
  ENOAUTH: { key: "mailNotes.signInRequired" },
  EPROTOCOL: { key: "mailNotes.notSmtp" },
};

const OF_RECIPIENT = new Set(["RCPT TO", "DATA"]);

/**
 * Whether a refusal is about who may send by this server and how much, rather than about the recipient or the message:
 * 5.7.x (security and policy) and 5.4.5 (too much mail) of RFC 3463, or words about relaying where there is no such code.
 */
function isOfSetUp(response: string): boolean {
  return /^\d{3}[ -]5\.(7\.\d+|4\.5)\b/.test(response) || /\brelay/i.test(response);
}

function outcomeOf(error: NodemailerError): MailOutcome {
  const { responseCode, response, command = "" } = error;
  const status = responseCode ?? null;
  const isOfRecipient = OF_RECIPIENT.has(command) && !isOfSetUp(response ?? "");
  const isFinal = status !== null && status >= 500 && status !== 503 && isOfRecipient;
  // Without an answer the error's own words tell an operator more: an unreadable key, a certificate's flaw.
  const answer = oneLine(response || error.message) || null;
  return { ...failure(noteOf(error), status), result: isFinal ? "rejected" : "failed", answer };
}

function noteOf(error: NodemailerError): Text {
  const { code = "", responseCode, command } = error;
  if (responseCode !== undefined && code !== "EAUTH") {
    const values = { code: String(responseCode) };
    return command === "RCPT TO"
      ? { key: "mailNotes.recipientRefused", values }
      : { key: "mailNotes.messageRefused", values };
  }
  if (isOfCertificate(error)) return { key: "mailNotes.certificate" };
  return NOTES[code] ?? { key: "mailNotes.notSent" };
}

function isOfCertificate({ code, message }: NodemailerError): boolean {
  return /CERT|SELF_SIGNED|ALTNAME/i.test(`${code} ${message}`);
}

function statusOf(answer: string): number | null {
  const [, digits] = /^(\d{3})\b/.exec(answer) ?? [];
  return digits ? Number(digits) : null;
}
