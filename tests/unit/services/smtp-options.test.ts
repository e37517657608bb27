import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { smtpOptions } from "@/lib/services/mail/mail-pool";

describe("the address of the mail server", () => {
  it.each([
    ["smtp://mail.example.com", { port: 587, secure: false, requireTLS: true, ignoreTLS: false }],
    ["smtp://mail.example.com:25?requireTLS=false", { port: 25, secure: false, requireTLS: false }],
    ["smtp://mail.example.com?ignoreTLS=true", { secure: false, requireTLS: false, ignoreTLS: true }],
    ["smtp://127.0.0.1:2525", { host: "127.0.0.1", port: 2525, secure: false, requireTLS: false }],
    ["smtp://localhost?requireTLS=true", { requireTLS: true }],
    ["smtp://[::1]:25", { host: "::1", requireTLS: false }],
    ["smtps://mail.example.com", { port: 465, secure: true, requireTLS: false }],
    ["smtp://us%40er:p%2Fw@mail.example.com", { auth: { user: "us@er", pass: "p/w" } }],
  ])("%s says how TLS is used", (address, options) => {
    expect(smtpOptions(address)).toMatchObject(options);
  });

  it("demands a good certificate unless told otherwise", () => {
    expect(smtpOptions("smtp://127.0.0.1").tls).toMatchObject({ rejectUnauthorized: true });
    expect(
      smtpOptions("smtps://a.example?tls.rejectUnauthorized=false&tls.servername=b.example").tls,
    ).toMatchObject({
      rejectUnauthorized: false,
      servername: "b.example",
    });
  });

  it.each([
    [
      { SMTP_URL: "smtp://mail.example.com" },
      /MAIL_FROM: must be set too, because email needs a server and a sender/,
    ],
    [{ MAIL_FROM: "a@example.com" }, /SMTP_URL: must be set too/],
    [{ SMTP_URL: "http://mail.example.com", MAIL_FROM: "a@example.com" }, /SMTP_URL: must be an smtp/],
    [{ SMTP_URL: "smtp://", MAIL_FROM: "a@example.com" }, /SMTP_URL/],
    [{ SMTP_URL: "smtp://user:secret@", MAIL_FROM: "a@example.com" }, /^(?!.*secret).*SMTP_URL/s],
    [
      { SMTP_URL: "smtp://user:100%sure@mail.example.com", MAIL_FROM: "a@example.com" },
      /^(?!.*sure).*SMTP_URL.*percent-encode/s,
    ],
    [{ SMTP_URL: "smtp://us%er:p@mail.example.com", MAIL_FROM: "a@example.com" }, /SMTP_URL.*percent-encode/],
    [{ SMTP_URL: "smtp://mail.example.com", MAIL_FROM: "nobody" }, /MAIL_FROM: must be an email address/],
    [{ MAIL_DKIM_SELECTOR: "mail" }, /MAIL_DKIM_KEYFILE: must be set too/],
  ])("is refused at the start when it is wrong: %j", (given, message) => {
    expect(() => parseEnv(given)).toThrow(message);
  });
});
