import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { generate } from "selfsigned";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMail {
  /** The envelope's recipients. */
  to: string[];
  raw: string;
  mail: ParsedMail;
}

export interface Refusal {
  step: "sender" | "recipient" | "message";
  code: number;
  words: string;
  /** The only recipient who is refused; all are without it. */
  to?: string;
}

export interface TestMailServer {
  /** With user name and password, and leave for its own certificate. */
  url: string;
  host: string;
  received: ReceivedMail[];
  /** Refuses from now on; null takes mails again. */
  refuse(refusal: Refusal | null): void;
  /** Says nothing to recipients that are named from now on, or to this one; calling what it gives answers them all. */
  hang(to?: string): () => void;
  /** Whether a recipient of that address was named and waits for an answer. */
  asked(address: string): boolean;
  close(): Promise<void>;
}

export const MAIL_USER = "winauthmon";
export const MAIL_PASSWORD = "p@ss:word/1";

/** A mail server on the loopback that demands STARTTLS (or TLS from the start) and a sign-in. */
export async function openMailServer(options: { isSecure?: boolean } = {}): Promise<TestMailServer> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
  const received: ReceivedMail[] = [];
  let refusal: Refusal | null = null;
  let unanswered: { to: string | undefined; answers: (() => void)[] } | null = null;
  const asked = new Set<string>();
  const isMeant = (to: string | undefined, address: string | undefined) => to === undefined || to === address;
  const errorAt = (step: Refusal["step"], address?: string) =>
    refusal?.step === step && isMeant(refusal.to, address)
      ? Object.assign(new Error(refusal.words), { responseCode: refusal.code })
      : undefined;
  const handlers: SMTPServerOptions = {
    onAuth: ({ username, password }, session, done) => {
      if (!session.secure) return done(new Error("Not without TLS."));
      if (username === MAIL_USER && password === MAIL_PASSWORD) return done(null, { user: username });
      done(Object.assign(new Error("No such user here."), { responseCode: 535 }));
    },
    onMailFrom: (_, __, done) => done(errorAt("sender")),
    onRcptTo: ({ address }, _, done) => {
      const answer = () => done(errorAt("recipient", address));
      if (!unanswered || !isMeant(unanswered.to, address)) return answer();
      unanswered.answers.push(answer);
      asked.add(address);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const error = errorAt("message");
        if (error) return done(error);
        const raw = Buffer.concat(chunks);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        simpleParser(raw, (failure: Error | null, mail) => {
          if (failure) return done(failure);
          received.push({ to, raw: raw.toString("utf8"), mail });
          done(null, "queued as TEST");
        });
      });
    },
  };
  const server = new SMTPServer({ key, cert, secure: options.isSecure ?? false, logger: false, ...handlers });
  server.on("error", () => undefined); // a client that hangs up in the middle of a handshake
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const sign = `${MAIL_USER}:${encodeURIComponent(MAIL_PASSWORD)}@`;
  const scheme = options.isSecure ? "smtps" : "smtp";
  return {
    url: `${scheme}://${sign}${host}?requireTLS=true&tls.rejectUnauthorized=false`,
    host,
    received,
    refuse: (next) => (refusal = next),
    hang: (to) => {
      const kept = { to, answers: [] as (() => void)[] };
      unanswered = kept;
      return () => {
        unanswered = null;
        for (const answer of kept.answers) answer();
      };
    },
    asked: (address) => asked.has(address),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
