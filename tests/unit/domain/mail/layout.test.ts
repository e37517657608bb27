import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMailAddress, parseSender } from "@/lib/domain/mail/address";
import { writeMail, type MailContent } from "@/lib/domain/mail/layout";
import { ENGLISH_READER } from "@/lib/english";

const content = (text: string): MailContent => ({
  subject: text,
  title: text,
  tone: "warning",
  blocks: [
    { kind: "text", text },
    { kind: "list", items: [text] },
    { kind: "facts", facts: [[text, text]] },
    { kind: "button", label: text, url: `https://portal.example.com/?${encodeURIComponent(text)}` },
    { kind: "picture", contentId: text, text },
  ],
  footer: [text],
  unsubscribeUrl: "https://portal.example.com/unsubscribe",
});

const tagsOf = (html: string) => html.match(/<[^>]*>/g)!.map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));

describe("a mail's layout", () => {
  it("has the same tags and attributes whatever the text is", () => {
    const plain = tagsOf(writeMail(content("Text"), ENGLISH_READER).html);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom('"><script>', "'<&", "-->")),
        (text) => {
          expect(tagsOf(writeMail(content(text), ENGLISH_READER).html)).toEqual(plain);
        },
      ),
    );
  });

  it("keeps every text on one line, and free of marks that turn the direction of reading", () => {
    const { subject, text } = writeMail(content("a\r\nBcc: b\u0000\u2028c\u202Efdp.exe"), ENGLISH_READER);
    expect(subject).toBe("a Bcc: b cfdp.exe");
    expect(text).not.toMatch(/^Bcc|\u202E/m);
  });

  it("cuts a subject to what mailboxes show", () => {
    expect(writeMail(content("x".repeat(1_000)), ENGLISH_READER).subject).toHaveLength(150);
  });

  it("says everything in plain text that the HTML says", () => {
    const { text } = writeMail(content("What happened"), ENGLISH_READER);
    expect(text.match(/What happened/g)!.length).toBeGreaterThanOrEqual(8);
    expect(text).toContain("Unsubscribe: https://portal.example.com/unsubscribe");
  });
});

describe("a sender", () => {
  it.each([
    ["a@example.com", { name: "", address: "a@example.com" }],
    [" Win Auth <a@example.com> ", { name: "Win Auth", address: "a@example.com" }],
    ['"Win, Auth" <a@example.com>', { name: "Win, Auth", address: "a@example.com" }],
    ["", null],
    ["Win Auth", null],
    ["A <a@example.com>, B <b@example.com>", null],
    ["A <a@example.com>\r\nBcc: b@example.com", null],
    ["<a@example>", null],
  ])("is read from %j", (text, sender) => {
    expect(parseSender(text)).toEqual(sender);
  });

  it.each([
    "a@example.org, b@example.org",
    "A <a@example.org>",
    "a@b@example.org",
    " a@example.org",
    "a@localhost",
  ])("%j is no address to send to", (text) => expect(isMailAddress(text)).toBe(false));
});
