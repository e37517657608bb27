/** Invisible, and ends what mail programs take for a link. */
const WORD_JOINER = "\u2060";

/** Endings that mail programs link without `www.` and that hardly end a person's or a computer's name. */
const ENDINGS =
  "com|net|org|edu|gov|mil|int|info|biz|xyz|top|online|site|website|shop|store|club|click|link|live|zip|mov|app|dev|cloud|icu|page|support|space|tech|work";

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}_-]*)\.`;

/**
 * What mail programs make clickable by themselves: an address with its scheme, `www.`, a server's share, and a host with a
 * path or with a usual ending. A mail address is none: it leads to nothing but a new mail.
 */
const LINK_LIKE = new RegExp(
  [
    String.raw`[a-z][a-z\d+.-]{0,30}:\/\/\S+`,
    String.raw`\bwww\d{0,3}\.\S+`,
    String.raw`\\\\\S+`,
    String.raw`(?<![\p{L}\p{N}_.@-])(?:${LABEL})+(?:\p{L}{2,}[/?#]\S+|(?:${ENDINGS})(?![\p{L}\p{N}_-])\S*)`,
  ].join("|"),
  "giu",
);

/**
 * The text with a word joiner before each dot, colon, slash, and backslash of what looks like a link, so that a name
 * that a user chose, such as `www.evil.example`, isn't one in a mail. All else stays as it is, as people copy it.
 *
 * `ownHosts` stay as they are, in lower case and with their ports: the mail links to them anyway.
 */
export function withoutLinks(text: string, ownHosts: ReadonlySet<string>): string {
  return text.replaceAll(LINK_LIKE, (found) =>
    ownHosts.has(found.toLowerCase()) ? found : found.replaceAll(/[.:/\\]/g, `${WORD_JOINER}$&`),
  );
}
