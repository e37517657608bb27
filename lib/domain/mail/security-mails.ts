import { companyRoleText, globalRoleText } from "../actor";
import { nameOfActor } from "../notifications/kind";
import type { Text } from "../text";
import type { MailBlock, MailWords } from "./layout";
import { facts, text, timeFact, type MailParts, type MailSurroundings, type MailWriters } from "./mail-parts";

/** Who changed something, and from where. */
export interface NoticeSource {
  /** null: the person who is told. */
  by: string | null;
  address: string | null;
  browser: string | Text | null;
}

/** Roles as stored. */
export interface RoleChange {
  /** null: the global role. */
  company: string | null;
  /** null: no member before, or none any more. */
  before: string | null;
  after: string | null;
}

export interface AccountNames {
  username?: string;
  email?: string;
}

/** What tells a person of a change to the own account, or of a sign-in. */
export interface SecurityMails {
  "password-changed": NoticeSource;
  /** `off`: turned off or reset. `replaced`: moved to another app. */
  "second-step-changed": NoticeSource & { change: "off" | "replaced" };
  "new-browser": NoticeSource;
  "role-changed": NoticeSource & RoleChange;
  "account-changed": NoticeSource & { before: AccountNames; after: AccountNames };
}
export type SecurityMailKind = keyof SecurityMails;

type Fact = [Text, MailWords | null];

function sourceFacts({ username, at }: MailSurroundings, source: NoticeSource, ...more: Fact[]): MailBlock {
  return facts(
    [{ key: "mails.username" }, username],
    ...more,
    [{ key: "mails.time" }, timeFact(at)],
    [{ key: "mails.changedBy" }, source.by && nameOfActor(source.by)],
    [{ key: "mails.ipAddress" }, source.address],
    [{ key: "mails.browser" }, source.browser],
  );
}

/** What to do when it was not the person, or comes as a surprise. */
function wayOut({ base }: MailSurroundings, { by }: NoticeSource): MailBlock[] {
  if (by !== null) return [text({ key: "mails.unexpected" })];
  return [
    text({ key: "mails.wasYou" }),
    text({ key: "mails.wasNotYou" }),
    { kind: "button", label: { key: "mails.choosePassword" }, url: `${base}/forgot-password` },
  ];
}

function notice(around: MailSurroundings, source: NoticeSource, title: Text, ...more: Fact[]): MailParts {
  return {
    title,
    tone: "warning",
    blocks: [sourceFacts(around, source, ...more), ...wayOut(around, source)],
  };
}

function twoFactorTitle({ by, change }: SecurityMails["second-step-changed"]): Text {
  if (change === "replaced") return { key: "mails.twoFactorReplaced" };
  return by === null ? { key: "mails.twoFactorOff" } : { key: "mails.twoFactorReset" };
}

function roleTitle({ company, before, after }: RoleChange): Text {
  if (company === null) return { key: "mails.globalRoleChanged" };
  if (before === null) return { key: "mails.addedTo", values: { company } };
  if (after === null) return { key: "mails.removedFrom", values: { company } };
  return { key: "mails.roleChanged", values: { company } };
}

function accountTitle({ username, email }: AccountNames): Text {
  if (email === undefined) return { key: "mails.usernameChanged" };
  return username === undefined ? { key: "mails.emailChanged" } : { key: "mails.namesChanged" };
}

export const SECURITY_WRITERS: MailWriters<SecurityMails> = {
  "password-changed": (source, around) =>
    notice(
      around,
      source,
      source.by === null ? { key: "mails.passwordChanged" } : { key: "mails.passwordReset" },
    ),
  "second-step-changed": (source, around) => notice(around, source, twoFactorTitle(source)),
  "new-browser": (source, around) => notice(around, source, { key: "mails.newBrowser" }),
  "role-changed": ({ company, before, after, ...source }, around) => {
    const roleText = company === null ? globalRoleText : companyRoleText;
    const named = (role: string | null) => (role === null ? null : roleText(role));
    const isNew = before === null;
    return notice(
      around,
      source,
      roleTitle({ company, before, after }),
      [{ key: "mails.company" }, company],
      [{ key: isNew ? "mails.role" : "mails.previousRole" }, named(isNew ? after : before)],
      [{ key: "mails.newRole" }, isNew ? null : named(after)],
    );
  },
  "account-changed": ({ before, after, ...source }, around) => {
    const told = notice(
      around,
      source,
      accountTitle(after),
      [{ key: "mails.previousUsername" }, before.username ?? null],
      [{ key: "mails.previousEmail" }, before.email ?? null],
      [{ key: "mails.newEmail" }, after.email ?? null],
    );
    if (source.by !== null) return told;
    // Only global administrators edit themselves, and a link to a new password no longer reaches the old address.
    return { ...told, blocks: [told.blocks[0]!, text({ key: "mails.tellGlobalAdmin" })] };
  },
};
