import { writeMail, type MailBlock, type MailContent, type WrittenMail } from "./layout";

/** What the portal writes to one person. Values are texts as they were at the time. */
export interface PersonalMails {
  "password-reset": object;
  "confirm-registration": { username: string };
  /** To the owner of an address that somebody tries to register again. */
  "already-registered": object;
}
export type PersonalMailKind = keyof PersonalMails;

/** The pages behind links, which need a token. */
const LINK_PATH = {
  "password-reset": "/reset-password",
  "confirm-registration": "/confirm-registration",
} as const satisfies Partial<Record<PersonalMailKind, string>>;
export type LinkMailKind = keyof typeof LINK_PATH;

export function isLinkMail(kind: string): kind is LinkMailKind {
  return Object.hasOwn(LINK_PATH, kind);
}

export interface MailSurroundings {
  /** The portal's address, without a slash at its end. */
  base: string;
  /** Of kinds with a link. */
  token: string | null;
  username: string | null;
  /** Whom it goes to. */
  address: string;
  /** When it was asked for and when its link expires, in words, with the zone. */
  at: string;
  expiresAt: string | null;
}

type Parts = Pick<MailContent, "subject" | "tone"> & { blocks: MailBlock[] };
type Writers = {
  [Kind in PersonalMailKind]: (params: PersonalMails[Kind], around: MailSurroundings) => Parts;
};

const text = (words: string): MailBlock => ({ kind: "text", text: words });
const facts = (...given: [string, string | null][]): MailBlock => ({
  kind: "facts",
  facts: given.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
});

function linkTo(kind: LinkMailKind, { base, token }: MailSurroundings, label: string): MailBlock {
  const query = new URLSearchParams({ token: token ?? "" });
  return { kind: "button", label, url: `${base}${LINK_PATH[kind]}?${query}` };
}

const WRITERS: Writers = {
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
};

/** Writes a mail to one person. @throws Error for a kind that does not exist. */
export function writePersonalMail(
  kind: string,
  params: Record<string, unknown>,
  around: MailSurroundings,
): WrittenMail {
  const write = Object.hasOwn(WRITERS, kind)
    ? (WRITERS[kind as PersonalMailKind] as (given: unknown, around: MailSurroundings) => Parts)
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
