import { BLOCK_EPOCH_MS } from "./block-writer";
import { ByteReader } from "./byte-stream";
import { readToken, type TokenKind } from "./block-tokens";

/** The head of a block; instants in epoch milliseconds. What {@link eachHead} hands over changes with the next one. */
export interface BlockHead {
  accountId: number;
  start: number;
  end: number;
  /** When the active stretch began that a locked one at its beginning goes back to; `start` without such a one. */
  activeSince: number;
  /** Sums over its tokens; only where there are several. */
  activeMs: number;
  lockedMs: number;
  uncertainMs: number;
  sessions: number;
  /** Of its active and uncertain stretches. */
  longestMs: number;
  /** Infinity without one. */
  firstStart: number;
  /** -Infinity without one. */
  lastStop: number;
  /** Where in the details its tokens lie. */
  detailFrom: number;
  detailEnd: number;
}

export type TokenVisitor = (
  kind: TokenKind,
  from: number,
  to: number,
  isStopped: boolean,
  activeSince: number,
) => void;

/** Visits the heads of stored time in the order written; the only token of a block goes to `visitSingle` instead. */
export function eachHead(
  heads: Uint8Array,
  visit: (head: BlockHead) => void,
  visitSingle: (accountId: number, ...token: Parameters<TokenVisitor>) => void,
): void {
  const reader = new ByteReader(heads);
  const head = { detailEnd: 0 } as BlockHead;
  const single = { accountId: 0, activeSince: 0 };
  const passSingle = (kind: TokenKind, from: number, to: number, isStopped: boolean) =>
    visitSingle(single.accountId, kind, from, to, isStopped, single.activeSince);
  while (!reader.isAtEnd) {
    head.accountId = reader.take();
    head.start = reader.take() + BLOCK_EPOCH_MS;
    head.end = head.start + reader.take();
    head.activeSince = head.start - reader.take();
    if (reader.take() === 1) {
      single.accountId = head.accountId;
      single.activeSince = head.activeSince;
      readToken(reader, head.start, passSingle);
      continue;
    }
    head.activeMs = reader.take();
    head.lockedMs = reader.take();
    head.uncertainMs = reader.take();
    head.sessions = reader.take();
    head.longestMs = reader.take();
    const firstStart = reader.take();
    head.firstStart = firstStart === 0 ? Infinity : head.start + firstStart - 1;
    const lastStop = reader.take();
    head.lastStop = lastStop === 0 ? -Infinity : head.start + lastStop - 1;
    head.detailFrom = head.detailEnd;
    head.detailEnd += reader.take();
    visit(head);
  }
}

/** Visits the tokens of a block, each with when the active stretch began that it is or goes back to. */
export function eachToken(
  details: Uint8Array,
  block: Pick<BlockHead, "start" | "activeSince" | "detailFrom" | "detailEnd">,
  visit: TokenVisitor,
): void {
  const reader = new ByteReader(details, block.detailFrom, block.detailEnd);
  let { activeSince, start: before } = block;
  const pass = (kind: TokenKind, from: number, to: number, isStopped: boolean) => {
    if (kind === "active" || kind === "uncertain") activeSince = from;
    visit(kind, from, to, isStopped, activeSince);
  };
  while (!reader.isAtEnd) before = readToken(reader, before, pass);
}
