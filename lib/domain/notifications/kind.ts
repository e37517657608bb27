import { z } from "zod";
import { AUDIT_ACTORS } from "../audit-names";
import type { Text, TimeValue } from "../text";
import type { Severity } from "./severity";

/** Who a kind is for: the administrators of one company, or the GlobalAdmins. */
export type Audience = "company" | "portal";

/** What a subscription can narrow kinds to, besides severity: those a kind's parameters name. */
export const REFERENCES = ["site", "account", "computer"] as const;
export type Reference = (typeof REFERENCES)[number];

/** A site, account or computer as it was named at the time. */
export const named = z.object({ id: z.int().positive(), name: z.string() });

/** A notification kind without its audience. A new one only needs an entry in company-kinds.ts or portal-kinds.ts. */
interface KindParts<Schema extends z.ZodObject> {
  /** `area.what`, lower case; stored, and part of the API. */
  name: string;
  title: Text;
  severity: Severity;
  /** Members `site`, `account` and `computer` are references, which subscriptions filter by. */
  params: Schema;
  /** What happened, as one sentence or two. */
  sentence(params: z.output<Schema>): Text;
  /** The same for several of them, without the full stop: "3 computers are silent". */
  several(count: number): Text;
  /** What is listed behind `several`: the computer's or person's name. */
  nameOf(params: z.output<Schema>): string | Text;
  /**
   * What a lasting state is about. While one notification of the kind about it is open, another is not made;
   * {@link ends} or the source closes it. Absent for what is over when it is told.
   */
  subject?(params: z.output<Schema>): string;
  /** The kind whose open notification about the same subject this one closes. */
  ends?: string;
}

export interface NotificationKind<Schema extends z.ZodObject = z.ZodObject> extends KindParts<Schema> {
  audience: Audience;
}

/** Checks a kind's parts against its own schema and forgets the schema's type, so that kinds fit one list. */
export function defineKind<Schema extends z.ZodObject>(kind: NotificationKind<Schema>): NotificationKind {
  return kind as unknown as NotificationKind;
}

/** The same for kinds of one audience. */
export function kindFor(audience: Audience) {
  return <Schema extends z.ZodObject>(kind: KindParts<Schema>): NotificationKind =>
    defineKind<Schema>({ ...kind, audience });
}

/** A stored time of day and date (RFC 3339) in a sentence. */
export const timeOf = (instant: string): TimeValue => ({ at: Date.parse(instant) });

/** Who did something, at the beginning of a sentence; the name of an account that is gone isn't known. */
export const actorOf = (name: string | null): string | Text =>
  name === null ? { key: "notificationSentences.someone" } : nameOfActor(name);

/** A user's name, which has no blanks; the portal acts for its operator by any of the others. */
export const nameOfActor = (name: string): string | Text =>
  (AUDIT_ACTORS as readonly string[]).includes(name) ? { key: "notificationSentences.operator" } : name;

/** A person's two-factor authentication is off: for administrators of the company and of the portal. */
export const TWO_FACTOR_OFF = {
  title: { key: "notificationKinds.twoFactorOff" },
  severity: "warning",
  params: z.object({ userId: z.int(), username: z.string(), by: z.string().nullable() }),
  sentence: ({ username, by }: { username: string; by: string | null }): Text =>
    by === username
      ? { key: "notificationSentences.twoFactorOffOwn", values: { username } }
      : { key: "notificationSentences.twoFactorOff", values: { by: actorOf(by), username } },
  several: (count: number): Text => ({
    key: "notificationSentences.several.twoFactorOff",
    values: { count },
  }),
  nameOf: ({ username }: { username: string }) => username,
} as const;
