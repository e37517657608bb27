import { createPrivateKey } from "node:crypto";
import {
  createTransport,
  type Transporter,
  type SMTPPoolOptions,
  type SMTPPoolSentMessageInfo,
} from "nodemailer";
import { readConfigured, understood } from "@/lib/configured-file";
import { domainOf, parseSender, type Sender } from "@/lib/domain/mail/address";
import { env } from "@/lib/env";
import { publicUrl } from "@/lib/public-url";

const SECOND = 1_000;
const CONNECTIONS = 4;

/** What RFC 8058 wants signed, besides what identifies a mail. */
const SIGNED_HEADERS = [
  "From",
  "Sender",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "To",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "List-Id",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
].join(":");

export interface MailPool {
  transporter: Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;
  sender: Sender;
}

/** Whether this installation can send mail at all. */
export function isMailSetUp(): boolean {
  const { SMTP_URL, MAIL_FROM } = env();
  return SMTP_URL !== undefined && MAIL_FROM !== undefined;
}

/** Whether mail can go to one person: such mails have links, which need PUBLIC_URL as well. */
export function canMailPersons(): boolean {
  return isMailSetUp() && publicUrl() !== null;
}

let open: (MailPool & { key: string }) | undefined;

/** The connections to the mail server, made anew when the configuration has changed; null when mail is not set up. @throws Error when the DKIM key cannot be read. */
export function mailPool(): MailPool | null {
  const { SMTP_URL, MAIL_FROM, MAIL_DKIM_KEYFILE, MAIL_DKIM_SELECTOR } = env();
  if (!SMTP_URL || !MAIL_FROM) return null;
  const key = JSON.stringify([SMTP_URL, MAIL_FROM, MAIL_DKIM_KEYFILE, MAIL_DKIM_SELECTOR]);
  if (open?.key === key) return open;
  closeMailPool();
  const sender = parseSender(MAIL_FROM)!;
  const dkim =
    MAIL_DKIM_KEYFILE && MAIL_DKIM_SELECTOR
      ? {
          domainName: domainOf(sender.address),
          keySelector: MAIL_DKIM_SELECTOR,
          privateKey: readDkimKey(MAIL_DKIM_KEYFILE),
          headerFieldNames: SIGNED_HEADERS,
        }
      : undefined;
  const transporter = createTransport({ ...smtpOptions(SMTP_URL), ...(dkim && { dkim }) });
  // A connection that breaks while it is idle is replaced at the next mail.
  transporter.on("error", () => undefined);
  open = { key, transporter, sender };
  return open;
}

/** The key that signs emails, in PEM. @throws AppError `invalid` that names the setting and what is wrong with its file. */
function readDkimKey(file: string): string {
  const pem = readConfigured("MAIL_DKIM_KEYFILE", file).toString("utf8");
  return understood("MAIL_DKIM_KEYFILE", file, "an unencrypted RSA key in PEM", () => {
    if (createPrivateKey(pem).asymmetricKeyType !== "rsa")
      throw new TypeError("Emails are signed with rsa-sha256.");
    return pem;
  });
}

/** Reads the files that mail is sent with, so that a start says what is wrong with them. @throws AppError `invalid`. */
export function assertMailFiles(): void {
  const { MAIL_DKIM_KEYFILE } = env();
  if (MAIL_DKIM_KEYFILE && isMailSetUp()) readDkimKey(MAIL_DKIM_KEYFILE);
}

/** Closes every connection; the next mail opens one again. */
export function closeMailPool(): void {
  open?.transporter.close();
  open = undefined;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/**
 * smtps: TLS from the first byte. smtp: STARTTLS, which must succeed except on the loopback, where it is used when
 * offered. `requireTLS=false` in the query gives it up elsewhere too, `ignoreTLS=true` does without it, and
 * `tls.rejectUnauthorized=false` takes any certificate.
 */
export function smtpOptions(address: string): SMTPPoolOptions & { pool: true } {
  const url = new URL(address);
  const isSecure = url.protocol === "smtps:";
  const asked = (name: string) => url.searchParams.get(name)?.toLowerCase();
  const ignoreTLS = asked("ignoreTLS") === "true";
  const isLoopback = LOOPBACK.test(url.hostname);
  const requireTLS = !isSecure && !ignoreTLS && (asked("requireTLS") ?? String(!isLoopback)) !== "false";
  const user = decodeURIComponent(url.username);
  const servername = url.searchParams.get("tls.servername");
  return {
    pool: true,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    requireTLS,
    ignoreTLS,
    ...(user && { auth: { user, pass: decodeURIComponent(url.password) } }),
    tls: {
      minVersion: "TLSv1.2",
      rejectUnauthorized: asked("tls.rejectUnauthorized") !== "false",
      ...(servername && { servername }),
    },
    maxConnections: CONNECTIONS,
    // The queue tries again, under the same Message-ID and by its own schedule.
    maxRequeues: 0,
    connectionTimeout: 10 * SECOND,
    greetingTimeout: 10 * SECOND,
    socketTimeout: 60 * SECOND,
    dnsTimeout: 10 * SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
