import { wordText, type Reader, type Text, type TimeValue } from "../text";
import { withoutLinks } from "./without-links";

/** A text of the catalog, a time, or words as they stand. */
export type MailWords = string | Text | TimeValue;

/** A mail in parts, which the layout writes as HTML and as plain text. All of it is text: nothing is taken for HTML. */
export type MailBlock<Words = MailWords> =
  | { kind: "text"; text: Words }
  | { kind: "list"; items: readonly Words[] }
  | { kind: "facts"; facts: readonly (readonly [name: Words, value: Words])[] }
  | { kind: "table"; headers: readonly Words[]; rows: readonly (readonly string[])[] }
  | { kind: "button"; label: Words; url: string }
  /** A picture attached under the same content id; `text` stands in for it. */
  | { kind: "picture"; contentId: string; text: Words };

export interface MailContent {
  subject: MailWords;
  title: MailWords;
  tone: "neutral" | "warning" | "critical";
  blocks: readonly MailBlock[];
  /** Why it was sent, in small print. */
  footer: readonly MailWords[];
  /** The last line of the small print. */
  unsubscribeUrl?: string | null;
}

/** The same in the reader's words, with those that the layout adds. */
interface WordedMail {
  locale: string;
  subject: string;
  title: string;
  tone: MailContent["tone"];
  blocks: readonly MailBlock<string>[];
  footer: readonly string[];
  unsubscribe: { url: string; label: string; line: string } | null;
  /** What stands before a button's address. */
  orOpen: string;
}

export interface WrittenMail {
  subject: string;
  html: string;
  text: string;
}

const MOST_SUBJECT = 150;

/** Writes a mail in both forms. The HTML names every color twice, for light and for dark screens. */
export function writeMail(content: MailContent, reader: Reader): WrittenMail {
  const mail = wordMail(content, reader);
  const subject = oneLine(mail.subject);
  return {
    subject: subject.length <= MOST_SUBJECT ? subject : `${subject.slice(0, MOST_SUBJECT - 1)}…`,
    html: writeHtml(mail),
    text: writeText(mail),
  };
}

type Word = (words: MailWords) => string;

function wordMail({ unsubscribeUrl: url, ...content }: MailContent, reader: Reader): WordedMail {
  const wordWhole: Word = (words) =>
    typeof words === "object" && "at" in words ? reader.writeTime(words.at) : wordText(words, reader);
  const ownHosts = hostsOf(content.blocks, url);
  const word: Word = (words) => withoutLinks(oneLine(wordWhole(words)), ownHosts);
  return {
    locale: reader.locale,
    // Programs make no links in it.
    subject: wordWhole(content.subject),
    title: word(content.title),
    tone: content.tone,
    blocks: content.blocks.map((block) => wordBlock(block, word)),
    footer: content.footer.map(word),
    unsubscribe: url
      ? {
          url,
          label: word({ key: "mails.unsubscribe" }),
          line: wordWhole({ key: "mails.unsubscribeAt", values: { url } }),
        }
      : null,
    orOpen: word({ key: "mails.orOpen" }),
  };
}

/** The hosts that the mail itself links to. */
function hostsOf(blocks: MailContent["blocks"], unsubscribeUrl: string | null | undefined): Set<string> {
  const urls = blocks.flatMap((block) => (block.kind === "button" ? [block.url] : []));
  return new Set([...urls, ...(unsubscribeUrl ? [unsubscribeUrl] : [])].map((url) => new URL(url).host));
}

function wordBlock(block: MailBlock, word: Word): MailBlock<string> {
  switch (block.kind) {
    case "text":
    case "picture":
      return { ...block, text: word(block.text) };
    case "list":
      return { ...block, items: block.items.map(word) };
    case "facts":
      return { ...block, facts: block.facts.map(([name, value]) => [word(name), word(value)] as const) };
    case "table":
      return { ...block, headers: block.headers.map(word), rows: block.rows.map((row) => row.map(word)) };
    case "button":
      return { ...block, label: word(block.label) };
  }
}

/** Text on one line, without control characters and without the marks that turn the direction of reading. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, "")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string) => oneLine(text).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TONE = { neutral: "#2563eb", warning: "#b45309", critical: "#b91c1c" } as const;

/** Mail programs that know no media queries show the light colors, which are on the elements themselves. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
a{color:#1d4ed8}
@media (prefers-color-scheme:dark){
.page{background-color:#111318!important}
.card{background-color:#1b1e25!important;border-right-color:#343944!important;border-bottom-color:#343944!important;border-left-color:#343944!important}
.main,.main td,.main th,.main p,.main li,.main h1{color:#e8eaee!important}
.quiet,.quiet a,.main .quiet,.main .quiet a,.main .name{color:#a3aab8!important}
.main .grid td,.main .grid th{border-bottom-color:#343944!important}
.button{background-color:#3b82f6!important}
.button a{color:#0b0d12!important}
a{color:#8ab4ff}
.plate{background-color:#ffffff!important}
}`;

function writeHtml({
  locale,
  title,
  subject,
  tone,
  blocks,
  footer,
  unsubscribe,
  orOpen,
}: WordedMail): string {
  const small = footer.map((line) => `<p style="margin:0 0 6px">${escape(line)}</p>`);
  if (unsubscribe) {
    small.push(
      `<p style="margin:0"><a href="${escape(unsubscribe.url)}" style="color:#5b6472">${escape(unsubscribe.label)}</a></p>`,
    );
  }
  return `<!doctype html>
<html lang="${escape(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(subject)}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f3f4f6">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background-color:#f3f4f6">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background-color:#ffffff;border:1px solid #d9dde3;border-top:4px solid ${TONE[tone]};border-radius:8px">
<tr><td class="main" style="padding:24px;${FONT};font-size:15px;line-height:1.5;color:#1b1e25">
<h1 style="margin:0 0 16px;font-size:19px;line-height:1.35;color:#1b1e25;overflow-wrap:anywhere">${escape(title)}</h1>
${blocks.map((block) => blockHtml(block, orOpen)).join("\n")}
</td></tr>
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">
<tr><td class="quiet" style="padding:16px 24px;${FONT};font-size:12px;line-height:1.5;color:#5b6472;overflow-wrap:anywhere">
${small.join("\n")}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function blockHtml(block: MailBlock<string>, orOpen: string): string {
  switch (block.kind) {
    case "text":
      return `<p style="margin:0 0 14px;overflow-wrap:anywhere">${escape(block.text)}</p>`;
    case "list": {
      const items = block.items.map(
        (item) => `<li style="margin:0 0 8px;overflow-wrap:anywhere">${escape(item)}</li>`,
      );
      return `<ul style="margin:0 0 14px;padding-left:20px">${items.join("")}</ul>`;
    }
    case "facts": {
      const rows = block.facts.map(
        ([name, value]) =>
          `<tr><td class="name" style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;color:#5b6472">${escape(name)}</td><td style="padding:2px 0;overflow-wrap:anywhere">${escape(value)}</td></tr>`,
      );
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 14px;font-size:15px">${rows.join("")}</table>`;
    }
    case "table":
      return tableHtml(block.headers, block.rows);
    case "button":
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:6px 0 18px"><tr><td class="button" style="background-color:#1d4ed8;border-radius:6px"><a href="${escape(block.url)}" style="display:inline-block;padding:10px 18px;color:#ffffff;font-weight:600;text-decoration:none">${escape(block.label)}</a></td></tr></table>
<p class="quiet" style="margin:0 0 14px;font-size:12px;color:#5b6472;overflow-wrap:anywhere">${escape(orOpen)} <a href="${escape(block.url)}" style="color:#5b6472">${escape(block.url)}</a></p>`;
    case "picture":
      return `<p style="margin:0 0 14px"><img class="plate" src="cid:${escape(block.contentId)}" alt="${escape(block.text)}" width="550" style="width:100%;height:auto;border:0;background-color:#ffffff"></p>`;
  }
}

/** Short words and figures stay on one line; names give way on a phone. */
const LONGEST_UNBROKEN = 12;

function tableHtml(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (tag: string, text: string, look: string) => {
    const wrap = text.length > LONGEST_UNBROKEN ? "overflow-wrap:anywhere" : "white-space:nowrap";
    return `<${tag} align="left" style="padding:4px 8px 4px 0;vertical-align:top;border-bottom:1px solid #d9dde3;${wrap}${look}">${escape(text)}</${tag}>`;
  };
  const head = headers.map((text) => cell("th", text, ";font-weight:600"));
  const body = rows.map((row) => `<tr>${row.map((text) => cell("td", text, "")).join("")}</tr>`);
  return `<table class="grid" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 14px;font-size:13px;border-collapse:collapse"><tr>${head.join("")}</tr>${body.join("")}</table>`;
}

function writeText({ title, blocks, footer, unsubscribe }: WordedMail): string {
  const small = [...footer, ...(unsubscribe ? [unsubscribe.line] : [])].map(oneLine);
  return [oneLine(title), ...blocks.map(blockText), ["-- ", ...small].join("\n")].join("\n\n").concat("\n");
}

function blockText(block: MailBlock<string>): string {
  switch (block.kind) {
    case "text":
      return oneLine(block.text);
    case "list":
      return block.items.map((item) => `- ${oneLine(item)}`).join("\n");
    case "facts":
      return block.facts.map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`).join("\n");
    case "table":
      return [block.headers, ...block.rows].map((row) => row.map(oneLine).join(" | ")).join("\n");
    case "button":
      return `${oneLine(block.label)}:\n${oneLine(block.url)}`;
    case "picture":
      return oneLine(block.text);
  }
}
