import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeMail, type MailContent } from "@/lib/domain/mail/layout";
import { withoutLinks } from "@/lib/domain/mail/without-links";
import { ENGLISH_READER } from "@/lib/english";
import { ODD_TEXTS } from "../../../support/odd-texts";

/** The word joiner where the test shows `~`. */
const shown = (text: string, own: readonly string[] = []) =>
  withoutLinks(text, new Set(own)).replaceAll("\u2060", "~");

describe("a name in a mail", () => {
  it.each([
    ["www.evil.example", "www~.evil~.example"],
    ["WWW.EVIL.EXAMPLE", "WWW~.EVIL~.EXAMPLE"],
    ["www2.evil.example", "www2~.evil~.example"],
    ["http://evil.example", "http~:~/~/evil~.example"],
    ["hTTps://evil.example/a?b=c#d", "hTTps~:~/~/evil~.example~/a?b=c#d"],
    ["http://user@evil.example", "http~:~/~/user@evil~.example"],
    ["ftp://10.0.0.1/x", "ftp~:~/~/10~.0~.0~.1~/x"],
    ["file://server/share", "file~:~/~/server~/share"],
    [String.raw`\\server\share`, String.raw`~\~\server~\share`],
    ["evil.com", "evil~.com"],
    ["login.evil.com", "login~.evil~.com"],
    ["evil.com/login", "evil~.com~/login"],
    ["evil.com:8080", "evil~.com~:8080"],
    ["evil.example/login", "evil~.example~/login"],
    ["evil.example?x", "evil~.example?x"],
    [String.raw`CONTOSO\evil.com`, String.raw`CONTOSO\evil~.com`],
    ["(evil.com)", "(evil~.com)"],
    ["“www.evil.example” signed in.", "“www~.evil~.example” signed in."],
    ["Ünï.çom.evil.org", "Ünï~.çom~.evil~.org"],
  ])("%j is no link", (name, written) => expect(shown(name)).toBe(written));

  it.each([
    ["anna"],
    ["anna.smith"],
    [String.raw`CONTOSO\ben`],
    ["anna@contoso.com"],
    ["first.last@mail.contoso.com"],
    ["PC-01"],
    ["pc-01.contoso.local"],
    ["10.0.3.7"],
    ["2001:db8::7"],
    ["07:30 (Europe/Berlin)"],
    ["Time spent: 7:45"],
    ["report.xlsx"],
    ["Sales & Co. Ltd."],
    ["anna.community"],
    ["wwwanna"],
    ["3/4"],
  ])("%j stays as it is", (name) => expect(shown(name)).toBe(name));

  it("that is the portal's own host stays as it is, and nothing that only begins like it", () => {
    const own = ["portal.example.com:8000", "portal.example.com"];
    expect(shown("WinAuthMon at portal.example.com:8000 sent this", own)).toBe(
      "WinAuthMon at portal.example.com:8000 sent this",
    );
    expect(shown("Portal.Example.com", own)).toBe("Portal.Example.com");
    expect(shown("portal.example.com.evil.com", own)).toBe("portal~.example~.com~.evil~.com");
    expect(shown("https://portal.example.com@evil.com", own)).toContain("https~:~/~/portal~.example");
  });

  it("keeps every character but the joiners", () => {
    const part = fc.constantFrom("www.", "http://", "evil", ".com", ".", "/", "\\", "@", " ", "ä", "🙂", ":");
    const texts = fc.oneof(
      fc.constantFrom(...ODD_TEXTS),
      fc.array(part).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(shown(text).replaceAll("~", "")).toBe(text);
      }),
    );
  });
});

describe("a mail", () => {
  const URL = "https://portal.example.com/7/alerts";
  const content = (name: string): MailContent => ({
    subject: name,
    title: name,
    tone: "warning",
    blocks: [
      { kind: "text", text: name },
      { kind: "list", items: [name, name] },
      { kind: "facts", facts: [[name, name]] },
      { kind: "table", headers: [name], rows: [[name]] },
      { kind: "button", label: name, url: URL },
      { kind: "picture", contentId: "chart", text: name },
    ],
    footer: [name, "Sent by portal.example.com"],
    unsubscribeUrl: "https://portal.example.com/unsubscribe",
  });

  it.each([
    ["www.evil.example"],
    ["http://evil.example"],
    ["evil.com"],
    ["ww\u202Aw.evil.example"],
    ["http:\u2066//evil.example"],
  ])("named %j has it nowhere as a link, in HTML or in plain text", (name) => {
    const { html, text } = writeMail(content(name), ENGLISH_READER);
    const body = html.slice(html.indexOf("<body"));
    for (const part of [body, text]) {
      expect(part).not.toMatch(/www\.|http:\/\/|evil\./);
      expect(part).toContain("evil\u2060.");
    }
  });

  it("keeps its own links and host whole", () => {
    const { html, text } = writeMail(content("Name"), ENGLISH_READER);
    expect(html).not.toContain("\u2060");
    expect(text).not.toContain("\u2060");
    expect(text).toContain(URL);
    expect(html).toContain(`href="${URL}"`);
    expect(text).toContain("Unsubscribe: https://portal.example.com/unsubscribe");
  });
});
