import { expect, it } from "vitest";
import {
  writePersonalMail,
  type PersonalMailKind,
  type PersonalMails,
} from "@/lib/domain/mail/personal-mails";
import { readerOf } from "@/lib/texts";

const HOSTILE = `<img src=x onerror="alert(1)"> & "Sons"\r\nBcc: x@example.com`;
const around = {
  base: "https://portal.example.com",
  token: "a-token",
  username: "jane",
  address: "jane@example.com",
  at: Date.UTC(2026, 10, 28, 4, 40),
  expiresAt: Date.UTC(2026, 11, 5, 4, 40),
};
const reader = readerOf("en", "Europe/Berlin");
const own = { by: null, address: "203.0.113.7", browser: "Firefox on Windows" };
const others = { by: HOSTILE, address: null, browser: null };

type Case = { [Kind in PersonalMailKind]: [kind: Kind, params: PersonalMails[Kind]] }[PersonalMailKind];

const CASES: Case[] = [
  ["password-reset", {}],
  ["confirm-registration", { username: HOSTILE }],
  ["already-registered", {}],
  ["invitation", { by: HOSTILE, companies: [HOSTILE, "Acme"] }],
  ["invitation", { by: null, companies: [] }],
  ["report-stopped", { view: HOSTILE, company: HOSTILE, reason: HOSTILE }],
  ["alert-assigned", { by: HOSTILE, company: HOSTILE, count: 1, titles: ["Spray"], path: "/1/alerts/7" }],
  ["alert-assigned", { by: null, company: "Acme", count: 3, titles: ["Spray", HOSTILE], path: "/1/alerts" }],
  ["password-changed", own],
  ["password-changed", others],
  ["second-step-changed", { ...own, change: "off" }],
  ["second-step-changed", { ...own, change: "replaced" }],
  ["second-step-changed", { ...others, change: "off" }],
  ["new-browser", own],
  ["role-changed", { ...others, company: null, before: "User", after: "GlobalAdmin" }],
  ["role-changed", { ...others, company: HOSTILE, before: null, after: "User" }],
  ["role-changed", { ...others, company: HOSTILE, before: "CompanyAdmin", after: null }],
  ["role-changed", { ...others, company: HOSTILE, before: "User", after: "CompanyAdmin" }],
  ["account-changed", { ...others, before: { email: "a@example.com" }, after: { email: "b@example.com" } }],
  ["account-changed", { ...own, before: { email: "a@example.com" }, after: { email: "b@example.com" } }],
  ["account-changed", { ...others, before: { username: "a" }, after: { username: HOSTILE } }],
];

it.each(CASES)("%s is written with every value escaped, on one line each", (kind, params) => {
  const { subject, html, text } = writePersonalMail(kind, { ...params }, around, reader);
  expect(subject).toMatch(/^WinAuthMon: [A-Z]/);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain("<img");
  expect(text).not.toMatch(/^Bcc:/m);
  for (const link of text.matchAll(/https?:\S+/g)) {
    expect(new URL(link[0]).origin).toBe("https://portal.example.com");
  }
});

it.each<[PersonalMailKind, string]>([
  ["invitation", "/accept-invitation?token=a-token"],
  ["password-reset", "/reset-password?token=a-token"],
  ["confirm-registration", "/confirm-registration?token=a-token"],
  ["alert-assigned", "/1/alerts/7"],
])("%s has its link in both forms", (kind, path) => {
  const params = CASES.find(([named]) => named === kind)![1];
  const { html, text } = writePersonalMail(kind, { ...params }, around, reader);
  expect(text).toContain(`https://portal.example.com${path}`);
  expect(html).toContain(`href="https://portal.example.com${path}"`);
});

it("says what to do: choose a password where it was the account itself, ask where it was somebody else", () => {
  const [mine, theirs] = [own, others].map(
    (source) => writePersonalMail("password-changed", { ...source }, around, reader).text,
  );
  expect(mine).toContain("https://portal.example.com/forgot-password");
  expect(mine).toContain("Firefox on Windows");
  expect(theirs).not.toContain("/forgot-password");
  expect(theirs).toContain("If you didn't expect this");
});

it("names roles in words", () => {
  const written = (company: string | null, before: string | null, after: string | null) =>
    writePersonalMail("role-changed", { ...others, company, before, after }, around, reader);
  expect(written(null, "User", "Admin").text).toContain("New role: Administrator");
  expect(written("Acme", null, "CompanyAdmin").subject).toBe("WinAuthMon: You were added to Acme");
  expect(written("Acme", null, "CompanyAdmin").text).toContain("Role: Company administrator");
  expect(written("Acme", "User", null).subject).toBe("WinAuthMon: You were removed from Acme");
});

it("says when, in the reader's zone", () => {
  const { text } = writePersonalMail("password-reset", {}, around, reader);
  expect(text).toContain("Requested: 28 Nov 2026, 05:40 (Europe/Berlin)");
  expect(text).toContain("Valid until: 5 Dec 2026, 05:40 (Europe/Berlin)");
});

it.each(CASES)("%s is written in German where its reader reads German", (kind, params) => {
  const german = readerOf("de", "Europe/Berlin");
  const { html, text } = writePersonalMail(kind, { ...params }, around, german);
  expect(html).toContain('<html lang="de">');
  expect(text).toContain("Antworten werden nicht gelesen.");
  expect(text).not.toMatch(/mails\.|Username|Your /);
});

it("refuses a kind that does not exist", () => {
  expect(() => writePersonalMail("toString", {}, around, reader)).toThrow("no mail of kind");
});
