import { kindFromCode, START_KINDS } from "../events/kinds";
import { writeTokens, type Token } from "./block-tokens";
import { ByteReader, ByteWriter } from "./byte-stream";
import { StretchMachine, type Seat } from "./stretch-machine";

/** Blocks' instants are counted from here. */
export const BLOCK_EPOCH_MS = Date.UTC(2000, 0, 1);

const HOUR_MS = 3_600_000;
/** A rest of this length parts two blocks: most then lie within one day, wherever days begin. */
const PARTING_MS = 2 * HOUR_MS;

/** Written as the longest stretch of a block whose sums must not count. */
const NEVER_SUMMED_MS = 2 ** 52;

/** A stretch of a computer's time in its stored form; lib/domain/time-spent/block-reader.ts reads it. */
export interface StoredTime {
  /** A head a block: whose it is, from when to when, and its sums. */
  heads: Uint8Array;
  /** The tokens of those blocks that have more than one, in the order of the heads. */
  details: Uint8Array;
  /** Who is active or paused at the end. */
  carry: Uint8Array;
}

interface OpenBlock {
  accountId: number;
  tokens: Token[];
  start: number;
  end: number;
  /** When the active stretch began that a locked one at the beginning goes back to; `start` without such a one. */
  activeSince: number;
  /** A long lock or an uncertain stretch stands alone, so that what is beside it need not be cut for it. */
  isAlone: boolean;
  /** When its last active stretch ended; -Infinity without one. */
  activeUntil: number;
  /** Whether it may be one session with what is in another block, so that its sums must not count. */
  isJoined: boolean;
}

/**
 * Turns one computer's events, ordered as for the engine, into stored time with the engine's own machine.
 *
 * Nothing of it depends on a zone, a range or the longest session: tokens hold each stretch as the events tell it, and
 * readers cut. Sums in the heads save reading the tokens of what lies within a day.
 */
export class BlockWriter {
  readonly #machine: StretchMachine;
  readonly #heads = new ByteWriter();
  readonly #details = new ByteWriter();
  readonly #tokens = new ByteWriter();
  readonly #open: (OpenBlock | undefined)[] = [];
  /** Seats that were active at the cut before and have no block since. */
  readonly #goingOn = new Set<number>();

  /** Goes on from where an earlier writer's last cut left the computer. */
  constructor(carry: Uint8Array | null = null) {
    this.#machine = new StretchMachine(Infinity, (seat, kind, from, to) => {
      this.#append(seat, { kind, from, to, isStopped: false });
    });
    this.#machine.keepsEmpty = true;
    if (carry) {
      readCarry(carry, (accountId, state, since, activeSince) => {
        const seat = this.#machine.restore(accountId, 0, { state, since, activeSince });
        if (state === "active") this.#goingOn.add(seat.index);
      });
    }
  }

  /** Takes the next event; `at` in epoch milliseconds, never before {@link BLOCK_EPOCH_MS}. */
  add(accountId: number, kindCode: number, at: number): void {
    const seat = this.#machine.accept(accountId, 0, kindCode, at);
    if (seat === null || START_KINDS.has(kindFromCode(kindCode))) return;
    const last = this.#open[seat.index]?.tokens.at(-1);
    if (last !== undefined && last.to === at) last.isStopped = true;
    else this.#append(seat, { kind: "stop", from: at, to: at, isStopped: true });
  }

  /** Ends all blocks and hands over what was written since the last cut. */
  cut(): StoredTime {
    for (const { index, state, since } of this.#machine.seats()) {
      const block = this.#open[index];
      if (state === "active") this.#goingOn.add(index);
      if (!block) continue;
      block.isJoined ||= state === "active" && since <= block.activeUntil;
      this.#write(block);
    }
    this.#open.length = 0;
    return { heads: this.#heads.take(), details: this.#details.take(), carry: this.#carry() };
  }

  #append(seat: Seat, token: Token): void {
    const isLong = token.kind !== "active" && token.to - token.from > PARTING_MS;
    let block = this.#open[seat.index];
    if (block !== undefined && (block.isAlone || isLong || token.from - block.end > PARTING_MS)) {
      // An uncertain stretch counts as active to a range that ends within it.
      block.isJoined ||= token.kind === "uncertain" && token.from <= block.activeUntil;
      this.#write(block);
      block = undefined;
    }
    if (block === undefined) {
      const { from: start, to: end } = token;
      block = {
        accountId: seat.accountId,
        tokens: [],
        start,
        end,
        activeSince: start,
        isAlone: isLong,
        activeUntil: -Infinity,
        isJoined: this.#goingOn.delete(seat.index),
      };
    }
    const isBegun = block.tokens.some(({ kind }) => kind === "active" || kind === "uncertain");
    if (token.kind === "locked" && !isBegun)
      block.activeSince = Math.min(block.activeSince, seat.activeSince);
    block.tokens.push(token);
    block.start = Math.min(block.start, token.from);
    block.end = Math.max(block.end, token.to);
    if (token.kind === "active") block.activeUntil = token.to;
    this.#open[seat.index] = block;
  }

  #write(block: OpenBlock): void {
    const { accountId, tokens, start, end } = block;
    const heads = this.#heads;
    heads.put(accountId);
    heads.put(start - BLOCK_EPOCH_MS);
    heads.put(end - start);
    heads.put(Math.max(0, start - block.activeSince));
    heads.put(tokens.length);
    if (tokens.length === 1) {
      writeTokens(heads, tokens, start);
      return;
    }
    const { activeMs, lockedMs, uncertainMs, sessions, longestMs, firstStart, lastStop } = sumOf(tokens);
    heads.put(activeMs);
    heads.put(lockedMs);
    heads.put(uncertainMs);
    heads.put(sessions);
    heads.put(block.isJoined ? NEVER_SUMMED_MS : longestMs);
    heads.put(firstStart === Infinity ? 0 : firstStart - start + 1);
    heads.put(lastStop === -Infinity ? 0 : lastStop - start + 1);
    const before = this.#details.length;
    writeTokens(this.#details, tokens, start);
    heads.put(this.#details.length - before);
  }

  #carry(): Uint8Array {
    for (const { accountId, state, since, activeSince } of this.#machine.seats()) {
      if (state === "off") continue;
      this.#tokens.put(accountId);
      this.#tokens.put(state === "active" ? 1 : 2);
      this.#tokens.put(since - BLOCK_EPOCH_MS);
      this.#tokens.put(since - activeSince);
    }
    return this.#tokens.take();
  }
}

function sumOf(tokens: readonly Token[]) {
  const sums = {
    activeMs: 0,
    lockedMs: 0,
    uncertainMs: 0,
    sessions: 0,
    longestMs: 0,
    firstStart: Infinity,
    lastStop: -Infinity,
  };
  let activeUntil = NaN;
  for (const { kind, from, to, isStopped } of tokens) {
    const length = to - from;
    if (kind === "active" || kind === "uncertain") {
      sums.firstStart = Math.min(sums.firstStart, from);
      sums.longestMs = Math.max(sums.longestMs, length);
    }
    if (isStopped) sums.lastStop = Math.max(sums.lastStop, to);
    if (kind === "active") {
      sums.activeMs += length;
      // What touches is one session.
      if (length > 0 && from !== activeUntil) sums.sessions += 1;
      if (length > 0) activeUntil = to;
    } else if (kind === "locked") sums.lockedMs += length;
    else if (kind === "uncertain") sums.uncertainMs += length;
  }
  return sums;
}

/** Who a cut left active or paused; instants in epoch milliseconds. */
export function readCarry(
  carry: Uint8Array,
  visit: (accountId: number, state: "active" | "paused", since: number, activeSince: number) => void,
): void {
  const reader = new ByteReader(carry);
  while (!reader.isAtEnd) {
    const accountId = reader.take();
    const state = reader.take() === 1 ? "active" : "paused";
    const since = reader.take() + BLOCK_EPOCH_MS;
    visit(accountId, state, since, since - reader.take());
  }
}
