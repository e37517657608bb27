import type { MailBlock, MailContent } from "./layout";

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

/** What a writer gives; the layout adds the rest. */
export type MailParts = Pick<MailContent, "subject" | "tone"> & { blocks: MailBlock[] };

export type MailWriters<Mails> = {
  [Kind in keyof Mails]: (params: Mails[Kind], around: MailSurroundings) => MailParts;
};

export const text = (words: string): MailBlock => ({ kind: "text", text: words });

/** Names with values; those without a value are left out. */
export const facts = (...given: [string, string | null][]): MailBlock => ({
  kind: "facts",
  facts: given.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
});
