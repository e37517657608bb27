import type { Text } from "../text";
import type { MailBlock, MailContent, MailWords } from "./layout";

export interface MailSurroundings {
  /** The portal's address, without a slash at its end. */
  base: string;
  /** Of kinds with a link. */
  token: string | null;
  username: string | null;
  /** Whom it goes to. */
  address: string;
  /** When it was requested and when its link expires, in epoch milliseconds. */
  at: number;
  expiresAt: number | null;
}

/** What a writer gives; the layout adds the rest. The title is the subject, too. */
export type MailParts = Pick<MailContent, "tone"> & { title: Text; blocks: MailBlock[] };

export type MailWriters<Mails> = {
  [Kind in keyof Mails]: (params: Mails[Kind], around: MailSurroundings) => MailParts;
};

export const text = (words: MailWords): MailBlock => ({ kind: "text", text: words });

/** A time for a fact; null for none. */
export const timeFact = (at: number | null): MailWords | null => (at === null ? null : { at });

/** Names with values; those without a value are left out. */
export const facts = (...given: [Text, MailWords | null][]): MailBlock => ({
  kind: "facts",
  facts: given.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
});
