import { ruleTitle } from "../detections/alert";
import { nameOfActor } from "../notifications/kind";
import { reasonText } from "../notifications/reasons";
import type { Reader, Text } from "../text";
import { writeMail, type MailBlock, type WrittenMail } from "./layout";
import { facts, text, timeFact, type MailParts, type MailSurroundings, type MailWriters } from "./mail-parts";
import { SECURITY_WRITERS, type SecurityMails } from "./security-mails";

/** What the portal writes to one person. Values are texts as they were at the time. */
export interface PersonalMails extends SecurityMails {
  "password-reset": object;
  "confirm-registration": { username: string };
  /** To the owner of an address that someone tries to register again. */
  "already-registered": object;
  /** With the companies that the person will see. */
  invitation: { by: string | null; companies: string[] };
  /** To the owner of a scheduled report; `reason` is the rest of a sentence, as stored. */
  "report-stopped": { view: string; company: string; reason: string };
  /** `companyId`: whose alerts they are; earlier versions did not keep it. `path`: of the alert, or of the list for several. `titles`: names of rules; earlier versions stored titles. */
  "alert-assigned": {
    by: string | null;
    companyId?: number;
    company: string;
    count: number;
    titles: string[];
    path: string;
  };
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

function linkTo(kind: LinkMailKind, { base, token }: MailSurroundings, label: Text): MailBlock {
  const query = new URLSearchParams({ token: token ?? "" });
  return { kind: "button", label, url: `${base}${LINK_PATH[kind]}?${query}` };
}

const usernameFact = (username: string | null): [Text, string | null] => [
  { key: "mails.username" },
  username,
];
const expiryFact = ({ expiresAt }: MailSurroundings): Parameters<typeof facts>[number] => [
  { key: "mails.validUntil" },
  timeFact(expiresAt),
];

const WRITERS: MailWriters<PersonalMails> = {
  ...SECURITY_WRITERS,
  "password-reset": (_, around) => ({
    title: { key: "mails.choosePassword" },
    tone: "neutral",
    blocks: [
      text({ key: "mails.resetIntro" }),
      facts(
        usernameFact(around.username),
        [{ key: "mails.requested" }, timeFact(around.at)],
        expiryFact(around),
      ),
      linkTo("password-reset", around, { key: "mails.choosePassword" }),
      text({ key: "mails.resetNote" }),
    ],
  }),
  "confirm-registration": ({ username }, around) => ({
    title: { key: "mails.confirmTitle" },
    tone: "neutral",
    blocks: [
      text({ key: "mails.confirmIntro" }),
      facts(usernameFact(username), expiryFact(around)),
      linkTo("confirm-registration", around, { key: "mails.confirmButton" }),
      text({ key: "mails.confirmNote" }),
    ],
  }),
  "report-stopped": ({ view, company, reason }, around) => ({
    title: { key: "mails.reportStoppedTitle", values: { view } },
    tone: "warning",
    blocks: [
      text({
        key: "mails.reportStopped",
        values: { view, company, reason: reasonText(reason) },
      }),
      facts([{ key: "mails.stopped" }, timeFact(around.at)]),
      text({ key: "mails.reportStoppedNote" }),
    ],
  }),
  "alert-assigned": ({ by, company, count, titles, path }, around) => ({
    title: { key: "mails.alertAssignedTitle", values: { count } },
    tone: "warning",
    blocks: [
      text({
        key: "mails.alertAssigned",
        values: { by: by === null ? { key: "mails.someone" } : nameOfActor(by), count, company },
      }),
      facts(
        [
          { key: "mails.rules", values: { count: titles.length } },
          { key: "mails.ruleNames", values: { names: { all: titles.map(ruleTitle) } } },
        ],
        [{ key: "mails.assigned" }, timeFact(around.at)],
      ),
      {
        kind: "button",
        label: { key: "mails.openAlerts", values: { count } },
        url: `${around.base}${path}`,
      },
    ],
  }),
  "already-registered": (_, around) => ({
    title: { key: "mails.alreadyRegisteredTitle" },
    tone: "neutral",
    blocks: [
      text({ key: "mails.alreadyRegistered" }),
      facts(usernameFact(around.username)),
      { kind: "button", label: { key: "mails.open" }, url: `${around.base}/login` },
      text({ key: "mails.alreadyRegisteredNote" }),
    ],
  }),
  invitation: ({ by, companies }, around) => ({
    title: { key: "mails.invitationTitle" },
    tone: "neutral",
    blocks: [
      text({
        key: "mails.invitation",
        values: { by: by === null ? { key: "mails.anAdministrator" } : nameOfActor(by) },
      }),
      text({ key: "mails.aboutPortal" }),
      facts(
        usernameFact(around.username),
        [{ key: "mails.companies", values: { count: companies.length } }, companies.join(", ") || null],
        expiryFact(around),
      ),
      linkTo("invitation", around, { key: "mails.invitationButton" }),
      text({ key: "mails.invitationNote" }),
      text({ key: "mails.invitationIgnore" }),
    ],
  }),
};

/** Writes a mail to one person. @throws Error for a kind that does not exist. */
export function writePersonalMail(
  kind: string,
  params: Record<string, unknown>,
  around: MailSurroundings,
  reader: Reader,
): WrittenMail {
  const write = Object.hasOwn(WRITERS, kind)
    ? (WRITERS[kind as PersonalMailKind] as (given: unknown, around: MailSurroundings) => MailParts)
    : null;
  if (!write) throw new Error(`There is no mail of kind ${kind}.`);
  const { title, tone, blocks } = write(params, around);
  const { base, address } = around;
  const content = {
    subject: { key: "mails.subject", values: { sender: "WinAuthMon", title } },
    title,
    tone,
    blocks,
    footer: [{ key: "mails.sentBy", values: { host: new URL(base).host, address } }],
  } as const;
  return writeMail(content, reader);
}
