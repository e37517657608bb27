import { bytesOf, firstUnits } from "../cut-text";
import { wordText, type Reader } from "../text";
import type { Severity } from "./severity";
import type { Message } from "./message";

const MOST_TEXT = 2_500;
const MOST_LINES = 20;
/** A Teams workflow takes 28 kB. */
const MOST_TEAMS_BYTES = 25_000;
/** An ntfy server takes 4,096 bytes as a message, and more as a file. */
const MOST_NTFY_BYTES = 4_000;

/** The words that chat channels show, cut to what they take. */
function wordsOf(message: Message, reader: Reader, mostLines = MOST_LINES) {
  const lines = message.lines.slice(0, mostLines).map((line) => cut(line, 1_000));
  const left = message.lines.length - lines.length;
  if (left > 0) lines.push(wordText({ key: "mails.more", values: { count: left } }, reader));
  const open = wordText({ key: "mails.open" }, reader);
  return { title: cut(message.title, 150), lines, footer: message.company?.name ?? "WinAuthMon", open };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${firstUnits(text, most - 1)}…`;
}

function cutToBytes(text: string, most: number): string {
  let kept = text;
  while (bytesOf(kept) > most) kept = cut(kept, Math.floor(kept.length * 0.9));
  return kept;
}

/** The body of a Slack incoming webhook. Names cannot form links or mentions: Slack's three signs are escaped. */
export function writeSlackBody(message: Message, reader: Reader): string {
  const escape = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const { title, lines, footer, open } = wordsOf(message, reader);
  const link = message.url ? ` · <${message.url}|${escape(open)}>` : "";
  return JSON.stringify({
    text: escape(title),
    blocks: [
      { type: "header", text: { type: "plain_text", text: title, emoji: false } },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: cut(lines.map((line) => escape(line)).join("\n"), MOST_TEXT),
          verbatim: true,
        },
      },
      { type: "context", elements: [{ type: "mrkdwn", text: `${escape(footer)}${link}` }] },
    ],
  });
}

const TEAMS_COLOUR: Readonly<Record<Severity, string>> = {
  info: "Accent",
  warning: "Warning",
  critical: "Attention",
};

/**
 * The body that a Microsoft Teams workflow takes: an Adaptive Card, with as many lines as have room. Markdown signs in names
 * are escaped.
 */
export function writeTeamsBody(message: Message, reader: Reader): string {
  for (let mostLines = MOST_LINES; ; mostLines -= 1) {
    const body = teamsBody(message, reader, mostLines);
    if (bytesOf(body) <= MOST_TEAMS_BYTES || mostLines === 1) return body;
  }
}

function teamsBody(message: Message, reader: Reader, mostLines: number): string {
  const escape = (text: string) => text.replaceAll(/[\\`*_[\]()#~|<>!]/g, String.raw`\$&`);
  const { title, lines, footer, open } = wordsOf(message, reader, mostLines);
  const block = (text: string, more: object = {}) => ({
    type: "TextBlock",
    text: escape(text),
    wrap: true,
    ...more,
  });
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      block(title, { weight: "Bolder", size: "Medium", color: TEAMS_COLOUR[message.severity] }),
      ...lines.map((line) => block(line)),
      block(footer, { isSubtle: true, size: "Small" }),
    ],
    ...(message.url && { actions: [{ type: "Action.OpenUrl", title: open, url: message.url }] }),
  };
  return JSON.stringify({
    type: "message",
    attachments: [
      { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: card },
    ],
  });
}

const NTFY_PRIORITY: Readonly<Record<Severity, number>> = { info: 2, warning: 4, critical: 5 };

/**
 * The body of an ntfy message and the address it is posted to: the server's own, as the topic is a member of the body.
 *
 * `address` is the topic's, such as https://ntfy.sh/topic.
 */
export function writeNtfyBody(
  message: Message,
  address: string,
  reader: Reader,
): { url: string; body: string } {
  const url = new URL(address);
  const parts = url.pathname.split("/").filter(Boolean);
  const topic = decoded(parts.pop() ?? "");
  url.pathname = `/${parts.join("/")}`;
  const { title, lines, footer } = wordsOf(message, reader);
  const body = {
    topic,
    title,
    message: cutToBytes(cut([...lines, footer].join("\n"), MOST_TEXT), MOST_NTFY_BYTES),
    priority: NTFY_PRIORITY[message.severity],
    ...(message.url && { click: message.url }),
  };
  return { url: url.href, body: JSON.stringify(body) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // with a lone %: no topic, as the server answers
  }
}
