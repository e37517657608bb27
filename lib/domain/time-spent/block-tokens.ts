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

/** A token, and when the active stretch began that it is or goes back to. */
export interface PassingToken extends Token {
  activeSince: number;
}

/** A token to read others into; `before` is where the last one ended. */
export function passingToken(before: number, activeSince: number): PassingToken {
  return { kind: "stop", from: before, to: before, isStopped: false, activeSince };
}

/** Reads the token that comes next in what {@link writeTokens} wrote, in place of the one before it. */
export function readToken(reader: ByteReader, token: PassingToken): void {
  const code = reader.take();
  const kind = TOKEN_KINDS[code & 3]!;
  token.kind = kind;
  token.from = (code & FOLLOWS) === 0 ? token.to + reader.takeSigned() : token.to;
  token.to = kind === "stop" ? token.from : token.from + reader.take();
  token.isStopped = kind === "stop" || (code & STOPPED) !== 0;
}
