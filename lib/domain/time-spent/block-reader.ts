import { BLOCK_EPOCH_MS } from "./block-writer";
import { ByteReader } from "./byte-stream";
import { passingToken, readToken, type PassingToken } from "./block-tokens";

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

/** A literal with every member, so that reading a million heads allocates no number: see nothingSpent. */
function emptyHead(): BlockHead {
  return {
    accountId: 0,
    start: 0,
    end: 0,
    activeSince: 0,
    activeMs: 0,
    lockedMs: 0,
    uncertainMs: 0,
    sessions: 0,
    longestMs: 0,
    firstStart: Infinity,
    lastStop: -Infinity,
    detailFrom: 0,
    detailEnd: 0,
  };
}

/**
 * Visits the heads of stored time in the order written; the only token of a block goes to `visitSingle` instead. What is
 * handed over changes with the next one.
 */
export function eachHead(
  heads: Uint8Array,
  visit: (head: BlockHead) => void,
  visitSingle: (accountId: number, token: PassingToken) => void,
): void {
  const reader = new ByteReader(heads);
  const head = emptyHead();
  const single = passingToken(0, 0);
  while (!reader.isAtEnd) {
    head.accountId = reader.take();
    head.start = reader.take() + BLOCK_EPOCH_MS;
    head.end = head.start + reader.take();
    head.activeSince = head.start - reader.take();
    if (reader.take() === 1) {
      single.to = head.start;
      single.activeSince = head.activeSince;
      readToken(reader, single);
      visitSingle(head.accountId, single);
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

/** Visits the tokens of a block; what is handed over changes with the next one. */
export function eachToken(
  details: Uint8Array,
  {
    start,
    activeSince,
    detailFrom,
    detailEnd,
  }: Pick<BlockHead, "start" | "activeSince" | "detailFrom" | "detailEnd">,
  visit: (token: PassingToken) => void,
): void {
  const reader = new ByteReader(details, detailFrom, detailEnd);
  const token = passingToken(start, activeSince);
  while (!reader.isAtEnd) {
    readToken(reader, token);
    if (token.kind === "active" || token.kind === "uncertain") token.activeSince = token.from;
    visit(token);
  }
}
