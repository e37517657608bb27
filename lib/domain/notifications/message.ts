import { wordText, type Reader, type Text } from "../text";
import type { Severity } from "./severity";
import { SEVERITIES } from "./severity";
import { findKind, kindTitle, sentenceOf } from "./kinds";

/** A notification as a message tells it. */
export interface ToldNotification {
  id: number;
  kind: string;
  severity: Severity;
  /** Epoch milliseconds. */
  at: number;
  params: Record<string, unknown>;
}

/** Those of one kind: how many there are, and the first of them. */
export interface ToldKind {
  kind: string;
  severity: Severity;
  count: number;
  first: readonly ToldNotification[];
}

/** `test`: asked for from the screen, and about nothing. */
export type MessageReason = "news" | "reminder" | "test";

/** What every channel's message is made from, in its reader's words. Always of one company, or of the portal. */
export interface Message {
  reason: MessageReason;
  company: { id: number; name: string } | null;
  severity: Severity;
  /** How many notifications it stands for; it may list fewer. */
  count: number;
  /** One line. */
  title: string;
  /** One for each kind, most severe first. */
  lines: readonly string[];
  notifications: readonly ToldNotification[];
  /** Where to read more; null where the portal's address is not known. */
  url: string | null;
}

/** How many names a storm lists. */
const NAMES = 10;

/** Puts notifications of one company into one message, the most severe kinds and then the largest first. */
export function composeMessage(
  {
    reason,
    company,
    kinds,
    url,
  }: Pick<Message, "reason" | "company" | "url"> & { kinds: readonly ToldKind[] },
  reader: Reader,
): Message {
  if (reason === "test") return testMessage(company, url, reader);
  const ordered = kinds.toSorted(
    (a, b) => rank(b.severity) - rank(a.severity) || b.count - a.count || a.kind.localeCompare(b.kind),
  );
  const count = ordered.reduce((sum, kind) => sum + kind.count, 0);
  return {
    reason,
    company,
    severity: ordered[0]?.severity ?? "info",
    count,
    title: titleOf(ordered, { count, isReminder: reason === "reminder" }, reader),
    lines: ordered.map((kind) => wordText(lineOf(kind), reader)),
    notifications: ordered.flatMap(({ first }) => first),
    url,
  };
}

function testMessage(company: Message["company"], url: string | null, reader: Reader): Message {
  return {
    reason: "test",
    company,
    severity: "info",
    count: 0,
    title: wordText({ key: "mails.testTitle" }, reader),
    lines: [wordText({ key: "notificationSentences.test" }, reader)],
    notifications: [],
    url,
  };
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

/**
 * Those of one kind in a line: the sentence of one, or how many there are with the first names, each once. What follows
 * the names counts further names, or notifications where `first` has not all of them.
 */
export function lineOf({ kind, count, first }: ToldKind): string | Text {
  if (count === 1 && first[0]) return sentenceOf(kind, first[0].params);
  const byName = new Map(first.map(nameOf).map((name) => [JSON.stringify(name), name]));
  const names = [...byName.values()].slice(0, NAMES);
  const rest: Text =
    count === first.length
      ? { key: "notificationSentences.more", values: { count: byName.size - names.length } }
      : { key: "notificationSentences.moreNotifications", values: { count: count - countOf(first, names) } };
  const all: (string | Text)[] = rest.values!.count === 0 ? names : [...names, rest];
  return { key: "notificationSentences.listed", values: { what: severalOf(kind, count), names: { all } } };
}

/** How many of the notifications are about what the names name. */
function countOf(told: readonly ToldNotification[], names: readonly (string | Text)[]): number {
  const named = new Set(names.map((name) => JSON.stringify(name)));
  return told.filter((one) => named.has(JSON.stringify(nameOf(one)))).length;
}

function titleOf(
  kinds: readonly ToldKind[],
  { count, isReminder }: { count: number; isReminder: boolean },
  reader: Reader,
): string {
  const titles = kinds.map(({ kind }) => wordText(kindTitle(kind), reader)).join(", ");
  const head =
    kinds.length === 1
      ? wordText(headOf(kinds[0]!), reader).replace(/\.$/, "")
      : wordText({ key: "notificationSentences.several.kinds", values: { count, kinds: titles } }, reader);
  return isReminder
    ? wordText({ key: "notificationSentences.reminder", values: { what: head } }, reader)
    : head;
}

function headOf({ kind, count, first }: ToldKind): string | Text {
  return count === 1 && first[0] ? sentenceOf(kind, first[0].params) : severalOf(kind, count);
}

function severalOf(kind: string, count: number): Text {
  return (
    findKind(kind)?.several(count) ?? {
      key: "notificationSentences.several.unknown",
      values: { count, kind },
    }
  );
}

function nameOf({ kind, params }: ToldNotification): string | Text {
  const found = findKind(kind);
  const parsed = found?.params.safeParse(params);
  return found && parsed?.success ? found.nameOf(parsed.data) : kind;
}
