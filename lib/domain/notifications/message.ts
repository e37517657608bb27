import type { Severity } from "./kind";
import { SEVERITIES } from "./kind";
import { findKind, sentenceOf } from "./kinds";

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

/** What every channel's message is made from. Always of one company, or of the portal. */
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
export function composeMessage({
  reason,
  company,
  kinds,
  url,
}: Pick<Message, "reason" | "company" | "url"> & { kinds: readonly ToldKind[] }): Message {
  if (reason === "test") return testMessage(company, url);
  const ordered = kinds.toSorted(
    (a, b) => rank(b.severity) - rank(a.severity) || b.count - a.count || a.kind.localeCompare(b.kind),
  );
  const lines = ordered.map(lineOf);
  const count = ordered.reduce((sum, kind) => sum + kind.count, 0);
  const head =
    ordered.length === 1
      ? headOf(ordered[0]!)
      : `${count.toLocaleString("en")} notifications: ${ordered.map(titleOf).join(", ")}`;
  return {
    reason,
    company,
    severity: ordered[0]?.severity ?? "info",
    count,
    title: reason === "reminder" ? `Still so: ${head}` : head,
    lines,
    notifications: ordered.flatMap(({ first }) => first),
    url,
  };
}

function testMessage(company: Message["company"], url: string | null): Message {
  const line = "This is a test. Messages of this channel arrive here.";
  return {
    reason: "test",
    company,
    severity: "info",
    count: 0,
    title: "Test message",
    lines: [line],
    notifications: [],
    url,
  };
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

function lineOf({ kind, count, first }: ToldKind): string {
  if (count === 1 && first[0]) return sentenceOf(kind, first[0].params);
  const names = [...new Set(first.map((told) => nameOf(told)))].slice(0, NAMES);
  const more = count - names.length;
  const list = more > 0 ? `${names.join(", ")} and ${more.toLocaleString("en")} more` : inWords(names);
  return `${severalOf(kind, count)}: ${list}.`;
}

function headOf(kind: ToldKind): string {
  const told = kind.first[0];
  return kind.count === 1 && told
    ? sentenceOf(kind.kind, told.params).replace(/\.$/, "")
    : severalOf(kind.kind, kind.count);
}

function titleOf({ kind }: ToldKind): string {
  return (findKind(kind)?.title ?? kind).toLowerCase().replace("api", "API");
}

function severalOf(kind: string, count: number): string {
  return findKind(kind)?.several(count) ?? `${count} times ${kind}`;
}

function nameOf({ kind, params }: ToldNotification): string {
  const found = findKind(kind);
  const parsed = found?.params.safeParse(params);
  return found && parsed?.success ? found.nameOf(parsed.data) : kind;
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
