import { writeMail, type MailBlock, type WrittenMail } from "./layout";
import { facts, text, type MailParts, type MailSurroundings, type MailWriters } from "./mail-parts";
import { SECURITY_WRITERS, type SecurityMails } from "./security-mails";

/** What the portal writes to one person. Values are texts as they were at the time. */
export interface PersonalMails extends SecurityMails {
  "password-reset": object;
  "confirm-registration": { username: string };
  /** To the owner of an address that someone tries to register again. */
  "already-registered": object;
  /** With the companies that the person will see. */
  invitation: { by: string | null; companies: string[] };
  /** To the owner of a scheduled report; `reason` is the rest of a sentence. */
  "report-stopped": { view: string; company: string; reason: string };
  /** `path`: of the alert, or of the list for several. */
  "alert-assigned": { by: string | null; company: string; count: number; titles: string[]; path: string };
}
export type PersonalMailKind = keyof PersonalMails;

/** The pages behind links, which need a token. */
const LINK_PATH = {
  "password-reset": "/reset-password",
  "confirm-registration": "/confirm-registration",
  invitation: "/accept-invitation",
} as const satisfies Partial<Record<PersonalMailKind, string>>;
export type LinkMailKind = keyof typeof LINK_PATH;

export function isLinkMail(kind: string): kind is LinkMailKind {
  return Object.hasOwn(LINK_PATH, kind);
}

function linkTo(kind: LinkMailKind, { base, token }: MailSurroundings, label: string): MailBlock {
  const query = new URLSearchParams({ token: token ?? "" });
  return { kind: "button", label, url: `${base}${LINK_PATH[kind]}?${query}` };
}

const WRITERS: MailWriters<PersonalMails> = {
  ...SECURITY_WRITERS,
  "password-reset": (_, around) => ({
    subject: "Choose a new password",
    tone: "neutral",
    blocks: [
      text("Somebody asked for a new password for your account on the sign-in page."),
      facts(["Username", around.username], ["Requested", around.at], ["Valid until", around.expiresAt]),
      linkTo("password-reset", around, "Choose a new password"),
      text("The link works once. If you didn't ask for it, ignore this mail: your password stays as it is."),
    ],
  }),
  "confirm-registration": ({ username }, around) => ({
    subject: "Confirm your email address",
    tone: "neutral",
    blocks: [
      text("Confirm that this address is yours. An administrator then activates your account."),
      facts(["Username", username], ["Valid until", around.expiresAt]),
      linkTo("confirm-registration", around, "Confirm address"),
      text("If you didn't register, ignore this mail: without the confirmation there is no account."),
    ],
  }),
  "report-stopped": ({ view, company, reason }, around) => ({
    subject: `The report ${view} is no longer sent`,
    tone: "warning",
    blocks: [
      text(`The scheduled report ${view} of ${company} has stopped: ${reason}.`),
      facts(["Stopped", around.at]),
      text("An administrator of the company can resume it once this has changed."),
    ],
  }),
  "alert-assigned": ({ by, company, count, titles, path }, around) => ({
    subject: count === 1 ? "An alert is assigned to you" : "Alerts are assigned to you",
    tone: "warning",
    blocks: [
      text(
        `${by ?? "Somebody"} assigned ${count === 1 ? "an alert" : `${count} alerts`} of ${company} to you.`,
      ),
      facts([titles.length === 1 ? "Rule" : "Rules", titles.join(", ")], ["Assigned", around.at]),
      {
        kind: "button",
        label: count === 1 ? "Open the alert" : "Open the alerts",
        url: `${around.base}${path}`,
      },
    ],
  }),
  "already-registered": (_, around) => ({
    subject: "You already have an account",
    tone: "neutral",
    blocks: [
      text("Somebody tried to register with this address, which already has an account."),
      facts(["Username", around.username]),
      { kind: "button", label: "Open WinAuthMon", url: `${around.base}/login` },
      text("Forgot your password? Select “Can't sign in?” on the sign-in page."),
    ],
  }),
  invitation: ({ by, companies }, around) => ({
    subject: "You're invited",
    tone: "neutral",
    blocks: [
      text(`${by ?? "An administrator"} has created an account for you.`),
      text("WinAuthMon shows who signs in to the Windows computers of a company, and when."),
      facts(
        ["Username", around.username],
        [companies.length === 1 ? "Company" : "Companies", companies.join(", ") || null],
        ["Valid until", around.expiresAt],
      ),
      linkTo("invitation", around, "Choose a password"),
      text("The link works once. Then sign in with your username or this address."),
      text("If you don't know what this is about, ignore this mail. Nobody can sign in without a password."),
    ],
  }),
};

/** Writes a mail to one person. @throws Error for a kind that does not exist. */
export function writePersonalMail(
  kind: string,
  params: Record<string, unknown>,
  around: MailSurroundings,
): WrittenMail {
  const write = Object.hasOwn(WRITERS, kind)
    ? (WRITERS[kind as PersonalMailKind] as (given: unknown, around: MailSurroundings) => MailParts)
    : null;
  if (!write) throw new Error(`There is no mail of kind ${kind}.`);
  const { subject, ...parts } = write(params, around);
  return writeMail({
    subject: `WinAuthMon: ${subject}`,
    title: subject,
    ...parts,
    footer: [
      `WinAuthMon at ${new URL(around.base).host} sent this to ${around.address}. Replies are not read.`,
    ],
  });
}
