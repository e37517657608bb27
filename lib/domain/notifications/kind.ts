import { z } from "zod";

export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Who a kind is for: the administrators of one company, or the GlobalAdmins. */
export type Audience = "company" | "portal";

/** What a subscription can narrow kinds to, besides severity: those a kind's parameters name. */
export const REFERENCES = ["site", "account", "computer"] as const;
export type Reference = (typeof REFERENCES)[number];

/** A site, account or computer as it was named at the time. */
export const named = z.object({ id: z.int().positive(), name: z.string() });

/** One kind of notification. A new one goes into company-kinds.ts or portal-kinds.ts and needs nothing else. */
export interface NotificationKind<Schema extends z.ZodObject = z.ZodObject> {
  /** `area.what`, lower case; stored, and part of the API. */
  name: string;
  title: string;
  severity: Severity;
  audience: Audience;
  /** Members `site`, `account` and `computer` are references, which subscriptions filter by. */
  params: Schema;
  /** What happened, as one sentence. */
  sentence(params: z.output<Schema>): string;
  /** The same for several of them, without the full stop: "3 computers are silent". */
  several(count: number): string;
  /** What is listed behind `several`: the computer's or person's name. */
  nameOf(params: z.output<Schema>): string;
  /**
   * What a lasting state is about. While one notification of the kind about it is open, another is not made;
   * {@link ends} or the source closes it. Absent for what is over when it is told.
   */
  subject?(params: z.output<Schema>): string;
  /** The kind whose open notification about the same subject this one closes. */
  ends?: string;
}

/** Checks a kind's parts against its own schema and forgets the schema's type, so that kinds fit one list. */
export function defineKind<Schema extends z.ZodObject>(kind: NotificationKind<Schema>): NotificationKind {
  return kind as unknown as NotificationKind;
}

/** The references a kind can be filtered by. */
export function filtersOf(kind: NotificationKind): Reference[] {
  return REFERENCES.filter((reference) => reference in kind.params.shape);
}
