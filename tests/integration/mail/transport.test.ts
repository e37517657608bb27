import { createHash, generateKeyPairSync, verify } from "node:crypto";
import { createServer } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { writeMail } from "@/lib/domain/mail/layout";
import { ENGLISH_READER } from "@/lib/english";
import { sendMail, type Mail } from "@/lib/services/mail/send-mail";
import { readChannels } from "@/lib/services/notifications/read-channels";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import { replay } from "@/lib/services/notifications/replay-deliveries";
import { readMailSubscription, unsubscribe } from "@/lib/services/mail/unsubscribe";
import { linkIn, provideMail, PUBLIC_ADDRESS, setMailEnv } from "../../support/mailing";
import {
  deliveriesOf,
  eventually,
  makeChannel,
  operatorIn,
  provideNotifying,
  tellSilent,
  untilTried,
} from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { openMailServer } from "../../support/smtp-server";
import { setSettings } from "../../support/aged-records";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
const mailing = provideMail();
provideNotifying();

let company: TestCompany;
let number = 0;
const never = new AbortController().signal;
const somebody = () => `person-${(number += 1)}@example.org`;

beforeAll(() => setSettings({ timeZone: "UTC" }));
beforeEach(async () => {
  company = await makeCompany("Mailed & <told>");
});

function mail(more: Partial<Mail> = {}): Mail {
  const content = {
    subject: "Hello",
    title: "Hello",
    tone: "neutral" as const,
    blocks: [{ kind: "text" as const, text: "Body" }],
    footer: [],
  };
  return { ...writeMail(content, ENGLISH_READER), to: somebody(), messageId: crypto.randomUUID(), ...more };
}

async function settled(channelId: number, state: string) {
  await eventually(`a delivery is ${state}`, async () =>
    (await deliveriesOf(channelId)).some((delivery) => delivery.state === state),
  );
  return (await deliveriesOf(channelId))[0]!;
}

describe("a mail channel", () => {
  it("sends each address one mail in HTML and plain text that says what happened", async () => {
    const [first, second] = [somebody(), somebody()];
    const channel = await makeChannel(company, { type: "mail", addresses: [first, second] });
    await tellSilent(company, 1, "PC <b>1</b>");
    for (const address of [first, second]) {
      const [received] = await mailing.to(address);
      const { mail: parsed, to } = received!;
      expect(to).toEqual([address]);
      expect(parsed.from?.value).toEqual([{ name: "WinAuthMon", address: "winauthmon@example.com" }]);
      expect(parsed.subject).toBe(
        `${company.name}: Computer PC <b>1</b> is silent. Last report: ${/report: (.*\(\S+\))$/.exec(parsed.subject!)![1]}`,
      );
      expect(parsed.text).toContain("Computer PC <b>1</b> is silent.");
      expect(parsed.html).toContain("PC &lt;b&gt;1&lt;/b&gt; is silent");
      expect(parsed.html).not.toContain("<b>");
      expect(parsed.html).toContain("Mailed &amp; &lt;told&gt;");
      expect(linkIn(received!, `/${company.companyId}/notifications`).origin).toBe(PUBLIC_ADDRESS);
      expect(parsed.headers.get("auto-submitted")).toBe("auto-generated");
    }
    await eventually("both are sent", async () =>
      (await deliveriesOf(channel.id)).every(
        ({ state, last_status }) => state === "done" && last_status === 250,
      ),
    );
  });

  it("keeps the Message-ID of a delivery that is sent again", async () => {
    const address = somebody();
    const channel = await makeChannel(company, { type: "mail", addresses: [address] });
    await tellSilent(company, 2);
    const { id } = await settled(channel.id, "done");
    await replay(operatorIn(company), { deliveryId: id });
    const both = await mailing.to(address, 2);
    expect(both[0]!.mail.messageId).toMatch(/^<[0-9a-f-]{36}@example\.com>$/);
    expect(both[1]!.mail.messageId).toBe(both[0]!.mail.messageId);
  });

  it("says that mail is not set up, and tries again", async () => {
    const before = { SMTP_URL: process.env.SMTP_URL, MAIL_FROM: process.env.MAIL_FROM };
    setMailEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
    const channel = await makeChannel(company, { type: "mail", addresses: [somebody()] });
    await tellSilent(company, 4);
    const tried = await untilTried(channel.id);
    setMailEnv(before);
    expect(tried).toMatchObject({
      state: "waiting",
      last_note: "Email isn't set up.",
    });
  });
});

describe("an unsubscribe link", () => {
  async function subscribed(addresses: string[]) {
    const channel = await makeChannel(company, { type: "mail", addresses });
    await tellSilent(company, 5);
    const [received] = await mailing.to(addresses[0]!);
    const list = received!.mail.headers.get("list") as unknown as Record<string, { url: string }>;
    return { channel, received: received!, oneClick: new URL(list.unsubscribe!.url) };
  }

  it("stands in the mail and in its header, and ends the address alone without a sign-in", async () => {
    const [leaver, stayer] = [somebody(), somebody()];
    const { channel, received, oneClick } = await subscribed([leaver, stayer]);
    expect(received.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(oneClick.origin + oneClick.pathname).toBe(`${PUBLIC_ADDRESS}/api/unsubscribe`);
    const token = linkIn(received, "/unsubscribe").searchParams.get("token")!;
    expect(await readMailSubscription(token)).toMatchObject({ address: leaver, isSubscribed: true });
    await unsubscribe(token, "192.0.2.1");
    await unsubscribe(oneClick.searchParams.get("token")!, null);
    expect(await readMailSubscription(token)).toMatchObject({ isSubscribed: false, company: company.name });
    const [view] = await readChannels(operatorIn(company));
    expect(view).toMatchObject({ addresses: [stayer], disabledAt: null });
    const trail = await database().execute(
      sql`select * from audit_log where company_id = ${company.companyId} and action = 'channel.unsubscribe'`,
    );
    expect(trail).toHaveLength(1);
    expect(trail[0]).toMatchObject({ target_id: String(channel.id), address: "192.0.2.1" });
  });

  it("used by the last address disables the channel", async () => {
    const { received } = await subscribed([somebody()]);
    await unsubscribe(linkIn(received, "/unsubscribe").searchParams.get("token")!, null);
    const [view] = await readChannels(operatorIn(company));
    expect(view).toMatchObject({ addresses: [], disabledReason: "its last address has unsubscribed" });
  });

  it("stops what still waits for the address", async () => {
    const [leaver, stayer] = [somebody(), somebody()];
    const { channel, received } = await subscribed([leaver, stayer]);
    await mailing.to(stayer);
    mailing.server.refuse({ step: "recipient", code: 450, words: "later" });
    await tellSilent(company, 6);
    await eventually("both wait", async () => {
      const rows = await deliveriesOf(channel.id);
      return rows.filter(({ state, attempt_count }) => state === "waiting" && attempt_count > 0).length === 2;
    });
    await unsubscribe(linkIn(received, "/unsubscribe").searchParams.get("token")!, null);
    mailing.server.refuse(null);
    await database().execute(sql`update queue_entries set run_at = now() where queue = 'mail-deliveries'`);
    await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
    await mailing.to(stayer, 2);
    const dropped = await settled(channel.id, "dropped").then(() => deliveriesOf(channel.id));
    expect(dropped.find(({ state }) => state === "dropped")).toMatchObject({
      address: leaver,
      last_note: "The address has unsubscribed.",
    });
  });

  it("that we did not make does nothing", async () => {
    const { received } = await subscribed([somebody()]);
    const token = linkIn(received, "/unsubscribe").searchParams.get("token")!;
    const bytes = Buffer.from(token, "base64url");
    bytes[bytes.length - 1]! ^= 1;
    for (const wrong of [bytes.toString("base64url"), "", "x", token.slice(0, -4)]) {
      await expect(unsubscribe(wrong, null)).rejects.toMatchObject({ code: "not_found" });
      expect(await readMailSubscription(wrong)).toBeNull();
    }
  });
});

describe("the mail sender", () => {
  let before: Record<string, string | undefined>;
  beforeEach(() => {
    const { SMTP_URL, MAIL_FROM, MAIL_DKIM_KEYFILE, MAIL_DKIM_SELECTOR } = process.env;
    before = { SMTP_URL, MAIL_FROM, MAIL_DKIM_KEYFILE, MAIL_DKIM_SELECTOR };
  });
  afterEach(() => setMailEnv(before));

  it("attaches files and pictures", async () => {
    const sent = mail({
      attachments: [
        {
          fileName: 'tämä "raportti".csv',
          contentType: "text/csv",
          content: Readable.from(["a,b\r\n", "1,2\r\n"]),
        },
        { fileName: "chart.png", contentType: "image/png", content: Buffer.from("PNG"), contentId: "chart" },
      ],
    });
    expect(await sendMail(sent, never)).toMatchObject({ result: "success", status: 250 });
    const [received] = await mailing.to(sent.to);
    const files = received!.mail.attachments;
    const [csv, chart] = ["text/csv", "image/png"].map((type) =>
      files.find((one) => one.contentType === type),
    );
    expect(csv).toMatchObject({ filename: 'tämä "raportti".csv', contentType: "text/csv" });
    expect(csv!.content.toString()).toBe("a,b\r\n1,2\r\n");
    expect(chart).toMatchObject({ cid: "chart", contentDisposition: "inline", related: true });
  });

  it("lets nothing in a subject or an address become a header or a recipient", async () => {
    const sent = mail({ subject: "One\r\nBcc: all@example.org\r\n\r\nBody" });
    await sendMail(sent, never);
    const [received] = await mailing.to(sent.to);
    expect(received!.mail.bcc).toBeUndefined();
    expect(received!.to).toEqual([sent.to]);
    for (const to of [
      "a@example.org, b@example.org",
      "a@example.org\r\nBcc: b@example.org",
      "A <a@example.org>",
      "",
    ]) {
      expect(await sendMail(mail({ to }), never)).toMatchObject({
        result: "rejected",
        note: { key: "mailNotes.addressRefused" },
      });
    }
    expect(mailing.server.received.some(({ to }) => to.includes("b@example.org"))).toBe(false);
  });

  it("sends over TLS from the start to smtps://", async () => {
    const server = await openMailServer({ isSecure: true });
    setMailEnv({ SMTP_URL: server.url });
    const sent = mail();
    expect(await sendMail(sent, never)).toMatchObject({ result: "success" });
    expect(server.received[0]!.to).toEqual([sent.to]);
    setMailEnv({ SMTP_URL: server.url.replace("tls.rejectUnauthorized=false", "") });
    expect(await sendMail(mail(), never)).toMatchObject({
      result: "failed",
      note: { key: "mailNotes.certificate" },
    });
    await server.close();
  });

  it("refuses a certificate that it cannot trust, also where TLS was not demanded", async () => {
    setMailEnv({ SMTP_URL: `smtp://u:p@${mailing.server.host}` });
    const outcome = await sendMail(mail(), never);
    expect(outcome).toMatchObject({ result: "failed", status: null });
    expect(outcome.note).toEqual({ key: "mailNotes.certificate" });
  });

  it("tells the server's own answer to a refused sign-in, and does not take it for the recipient's", async () => {
    setMailEnv({ SMTP_URL: `smtp://nobody:wrong@${mailing.server.host}?tls.rejectUnauthorized=false` });
    expect(await sendMail(mail(), never)).toMatchObject({
      result: "failed",
      status: 535,
      note: { key: "mailNotes.signInRefused" },
      answer: "535 No such user here.",
    });
  });

  it("says that nobody answers", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    setMailEnv({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    expect(await sendMail(mail(), never)).toMatchObject({
      result: "failed",
      status: null,
      note: { key: "mailNotes.failed" },
    });
  });

  it("stops with the server, as if it had not begun", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    setMailEnv({ SMTP_URL: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    const stop = new AbortController();
    const sending = sendMail(mail(), stop.signal);
    stop.abort(new Error("The server stops."));
    await expect(sending).rejects.toThrow("The server stops.");
    silent.close();
  });

  it("signs by DKIM what RFC 8058 wants signed", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-dkim-"));
    const file = path.join(folder, "key.pem");
    await writeFile(file, privateKey.export({ type: "pkcs8", format: "pem" }));
    setMailEnv({ MAIL_DKIM_KEYFILE: file, MAIL_DKIM_SELECTOR: "mail2026" });
    const sent = mail({ headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } });
    await sendMail(sent, never);
    const [received] = await mailing.to(sent.to);
    const { fields, signature, signed, bodyHash } = readDkim(received!.raw);
    expect(fields).toMatchObject({ d: "example.com", s: "mail2026", a: "rsa-sha256", c: "relaxed/relaxed" });
    expect(fields.h).toContain("list-unsubscribe-post");
    expect(fields.bh).toBe(bodyHash);
    expect(verify("sha256", Buffer.from(signed), publicKey, Buffer.from(signature, "base64"))).toBe(true);
    await rm(folder, { recursive: true });
  });

  it("says that the DKIM key cannot be read", async () => {
    setMailEnv({ MAIL_DKIM_KEYFILE: "/nowhere/key.pem", MAIL_DKIM_SELECTOR: "mail2026" });
    const outcome = await sendMail(mail(), never);
    expect(outcome).toMatchObject({ result: "failed" });
    expect(outcome.answer).toContain("/nowhere/key.pem");
    // The screen of channels opens all the same, for every company.
    expect(await readChannelsScreen(operatorIn(company))).toMatchObject({ isMailSetUp: true });
  });
});

/** As RFC 6376 canonicalizes, relaxed/relaxed. */
function readDkim(raw: string) {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const headers = head.split(/\r\n(?![ \t])/);
  const relaxed = (line: string) => {
    const at = line.indexOf(":");
    const value = line
      .slice(at + 1)
      .replaceAll("\r\n", "")
      .replaceAll(/[ \t]+/g, " ")
      .trim();
    return `${line.slice(0, at).toLowerCase().trim()}:${value}`;
  };
  const own = relaxed(headers.find((line) => line.startsWith("DKIM-Signature"))!);
  const fields = Object.fromEntries(
    own
      .slice("dkim-signature:".length)
      .split(";")
      .map((part) => part.trim().split(/=(.*)/s, 2) as [string, string]),
  ) as Record<string, string>;
  for (const name of ["b", "bh"]) fields[name] = fields[name]!.replaceAll(" ", "");
  const lines = fields
    .h!.replaceAll(" ", "")
    .split(":")
    .flatMap((name) => {
      const found = headers.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
      return found ? [relaxed(found)] : [];
    });
  const unsigned = own.replace(/([; ]b=)[^;]*/, "$1");
  const canonical = body
    .split("\r\n")
    .map((line) => line.replaceAll(/[ \t]+/g, " ").replace(/ $/, ""))
    .join("\r\n")
    .replace(/(\r\n)*$/, "\r\n");
  return {
    fields,
    signature: fields.b!,
    signed: [...lines, unsigned].join("\r\n"),
    bodyHash: createHash("sha256").update(canonical).digest("base64"),
  };
}
