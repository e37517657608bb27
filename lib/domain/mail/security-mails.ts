import { COMPANY_ROLE_LABEL, GLOBAL_ROLE_LABEL } from "../actor";
import type { MailBlock } from "./layout";
import { facts, text, type MailParts, type MailSurroundings, type MailWriters } from "./mail-parts";

/** Who changed something, and from where. */
export interface NoticeSource {
  /** null: the person who is told. */
  by: string | null;
  address: string | null;
  /** In words. */
  browser: string | null;
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
  /** `off`: switched off or reset. `replaced`: moved to another app. */
  "second-step-changed": NoticeSource & { change: "off" | "replaced" };
  "new-browser": NoticeSource;
  "role-changed": NoticeSource & RoleChange;
  "account-changed": NoticeSource & { before: AccountNames; after: AccountNames };
}
export type SecurityMailKind = keyof SecurityMails;

type Fact = [string, string | null];

function sourceFacts({ username, at }: MailSurroundings, source: NoticeSource, ...more: Fact[]): MailBlock {
  return facts(
    ["Username", username],
    ...more,
    ["Time", at],
    ["By", source.by],
    ["Address", source.address],
    ["Browser", source.browser],
  );
}

/** What to do when it was not the person, or comes as a surprise. */
function wayOut({ base }: MailSurroundings, { by }: NoticeSource): MailBlock[] {
  if (by !== null) return [text("If you didn't expect this, ask an administrator of your company.")];
  return [
    text("If this was you, there is nothing to do."),
    text("If not, choose a new password now, which ends every session, and tell your administrator."),
    { kind: "button", label: "Choose a new password", url: `${base}/forgot-password` },
  ];
}

function notice(around: MailSurroundings, source: NoticeSource, subject: string, ...more: Fact[]): MailParts {
  return {
    subject,
    tone: "warning",
    blocks: [sourceFacts(around, source, ...more), ...wayOut(around, source)],
  };
}

export const SECURITY_WRITERS: MailWriters<SecurityMails> = {
  "password-changed": (source, around) =>
    notice(around, source, source.by === null ? "Your password was changed" : "Your password was reset"),
  "second-step-changed": ({ change, ...source }, around) => {
    const subject =
      change === "replaced"
        ? "Your second step was moved to another app"
        : source.by === null
          ? "Your second step was switched off"
          : "Your second step was reset";
    return notice(around, source, subject);
  },
  "new-browser": (source, around) => notice(around, source, "New sign-in to your account"),
  "role-changed": ({ company, before, after, ...source }, around) => {
    const labels = company === null ? GLOBAL_ROLE_LABEL : COMPANY_ROLE_LABEL;
    const named = (role: string | null) => (role === null ? null : (labels[role] ?? role));
    const subject =
      company !== null && before === null
        ? `You were added to ${company}`
        : company !== null && after === null
          ? `You were removed from ${company}`
          : company === null
            ? "Your global role was changed"
            : `Your role in ${company} was changed`;
    const isNew = before === null;
    return notice(
      around,
      source,
      subject,
      ["Company", company],
      [isNew ? "Role" : "Role before", named(isNew ? after : before)],
      ["Role now", isNew ? null : named(after)],
    );
  },
  "account-changed": ({ before, after, ...source }, around) => {
    const subject =
      after.email === undefined
        ? "Your username was changed"
        : after.username === undefined
          ? "Your email address was changed"
          : "Your username and email address were changed";
    const told = notice(
      around,
      source,
      subject,
      ["Username before", before.username ?? null],
      ["Email before", before.email ?? null],
      ["Email now", after.email ?? null],
    );
    if (source.by !== null) return told;
    // Only global administrators edit themselves, and a link to a new password no longer reaches the old address.
    const way = "If this was not you, tell another global administrator at once.";
    return { ...told, blocks: [told.blocks[0]!, text(way)] };
  },
};
