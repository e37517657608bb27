import type { ByteReader, ByteWriter } from "./byte-stream";

/**
 * What a block of a seat's time is made of, in the order it came to be known. `active` and `uncertain` began with a start
 * of the account and may be empty; `uncertain` has no known end. `stop` is a pause or logoff that changed nothing.
 */
export const TOKEN_KINDS = ["active", "uncertain", "locked", "stop"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

const CODE: Record<TokenKind, number> = { active: 0, uncertain: 1, locked: 2, stop: 3 };

/** Epoch milliseconds; not cut to any longest session, range or day. */
export interface Token {
  kind: TokenKind;
  from: number;
  to: number;
  /** Whether a pause or logoff of the account itself ended it. */
  isStopped: boolean;
}

const STOPPED = 4;
const FOLLOWS = 8;

/** Writes the tokens, each by where the one before ended; the first by `start`. */
export function writeTokens(bytes: ByteWriter, tokens: readonly Token[], start: number): void {
  let before = start;
  for (const { kind, from, to, isStopped } of tokens) {
    bytes.put(CODE[kind] + (isStopped ? STOPPED : 0) + (from === before ? FOLLOWS : 0));
    if (from !== before) bytes.putSigned(from - before);
    if (kind !== "stop") bytes.put(to - from);
    before = to;
  }
}

type TokenSink = (kind: TokenKind, from: number, to: number, isStopped: boolean) => void;

/** Takes the token that comes next in what {@link writeTokens} wrote, `before` being where the last one ended; gives its end. */
export function readToken(reader: ByteReader, before: number, visit: TokenSink): number {
  const code = reader.take();
  const from = (code & FOLLOWS) === 0 ? before + reader.takeSigned() : before;
  const kind = TOKEN_KINDS[code & 3]!;
  const to = kind === "stop" ? from : from + reader.take();
  visit(kind, from, to, kind === "stop" || (code & STOPPED) !== 0);
  return to;
}
