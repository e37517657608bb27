import { afterAll, beforeAll, beforeEach } from "vitest";
import { refreshEnv } from "@/lib/env";
import { closeMailPool } from "@/lib/services/mail/mail-pool";
import { eventually } from "./notifying";
import { openMailServer, type ReceivedMail, type TestMailServer } from "./smtp-server";

export const PUBLIC_ADDRESS = "https://portal.example.com";

export interface Mailing {
  server: TestMailServer;
  /** Waits for mails to an address; gives all of them, the oldest first. */
  to(address: string, count?: number): Promise<ReceivedMail[]>;
}

const NAMES = ["SMTP_URL", "MAIL_FROM", "PUBLIC_URL"] as const;

/** A real mail server for the suite, and the portal set up to send by it. */
export function provideMail(): Mailing {
  const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
  const mailing: Mailing = {
    server: undefined as unknown as TestMailServer,
    to: async (address, count = 1) => {
      const mine = () => mailing.server.received.filter(({ to }) => to.includes(address));
      await eventually(`${count} mails to ${address}`, () => mine().length >= count);
      return mine();
    },
  };
  beforeAll(async () => {
    mailing.server = await openMailServer();
    setMailEnv({
      SMTP_URL: mailing.server.url,
      MAIL_FROM: "WinAuthMon <winauthmon@example.com>",
      PUBLIC_URL: PUBLIC_ADDRESS,
    });
  });
  beforeEach(() => mailing.server.refuse(null));
  afterAll(async () => {
    setMailEnv(before);
    closeMailPool();
    await mailing.server.close();
  });
  return mailing;
}

/** Sets variables of this process; undefined removes one. */
export function setMailEnv(given: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  refreshEnv();
}

/** The first address in a mail's plain text whose path begins so. */
export function linkIn({ mail }: ReceivedMail, path: string): URL {
  const links = [...(mail.text ?? "").matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link));
  const found = links.find(({ pathname }) => pathname === path);
  if (!found) throw new Error(`There is no link to ${path} in:\n${mail.text}`);
  return found;
}
