import { END_KINDS, EVENT_KINDS, KIND_CODE, PAUSE_KINDS, START_KINDS, type EventKind } from "../events/kinds";

/** What a stretch of time of an account on a computer was spent as. Uncertain time is shown, never counted. */
export const STRETCH_KINDS = ["active", "locked", "uncertain"] as const;
export type StretchKind = (typeof STRETCH_KINDS)[number];

/** One account on one computer. */
export interface Seat {
  /** Counts seats from 0 in the order of their first event. */
  readonly index: number;
  readonly accountId: number;
  readonly computerId: number;
  /** When the active stretch began that its state goes back to. */
  readonly activeSince: number;
}

/**
 * Takes a stretch (epoch milliseconds, never empty) as soon as its end is known; of one seat oldest first.
 * `openedBy` and `closedBy` are the marks of the events that did so; NaN for what no event has closed.
 */
export type StretchSink = (
  seat: Seat,
  kind: StretchKind,
  from: number,
  to: number,
  openedBy: number,
  closedBy: number,
) => void;

type Effect = "none" | "start" | "pause" | "end" | "sleep" | "shutdown" | "startup";

function effectOf(kind: EventKind): Effect {
  if (START_KINDS.has(kind)) return "start";
  if (PAUSE_KINDS.has(kind)) return "pause";
  if (END_KINDS.has(kind)) return "end";
  return kind === "sleep" || kind === "shutdown" || kind === "startup" ? kind : "none";
}

const EFFECT_BY_CODE: Effect[] = [];
for (const kind of EVENT_KINDS) EFFECT_BY_CODE[KIND_CODE[kind]] = effectOf(kind);

/** What one account is doing on one computer. */
export interface SeatState extends Seat {
  state: "off" | "active" | "paused";
  /** When the active stretch or the pause began. */
  since: number;
  activeSince: number;
  /** The mark of the event that began it. */
  openedBy: number;
}

/** Whether a stretch that began active counts as that, its end being known or not; else it is uncertain. */
export function isProven(from: number, to: number, isEndCertain: boolean, maxSessionMs: number): boolean {
  return isEndCertain && to - from <= maxSessionMs;
}

/** Takes a pause that nothing has ended: when it began, and the mark of the event that began it. */
export type OpenPauseSink = (seat: Seat, since: number, openedBy: number) => void;

/**
 * Turns a company's events into stretches, one event at a time, by the rules of the contract's Time Spent.
 *
 * Events of one computer must come ordered by time and then by order received; before the first everything is off.
 * It keeps nothing but the state of each seat, so any number of events may pass through.
 */
export class StretchMachine {
  readonly #seats = new Map<number, Map<number, SeatState>>();
  readonly #maxSessionMs: number;
  readonly #onStretch: StretchSink;
  readonly #onOpenPause: OpenPauseSink | undefined;
  #seatCount = 0;
  #recentComputer = NaN;
  #recentSeats: Map<number, SeatState> | undefined;
  /** Of the event that is being taken. */
  #mark = NaN;
  /** Whether an active stretch that ends as it begins is handed on too: stored stretches need its start. */
  keepsEmpty = false;

  /** `onOpenPause` gets the pauses that {@link close} finds open: they count nothing. */
  constructor(maxSessionMs: number, onStretch: StretchSink, onOpenPause?: OpenPauseSink) {
    this.#maxSessionMs = maxSessionMs;
    this.#onStretch = onStretch;
    this.#onOpenPause = onOpenPause;
  }

  /**
   * Takes the next event. Gives the seat of a start, pause or logoff, null for what names none.
   *
   * @param mark is handed to the sink with the stretches that this event opens or closes.
   */
  accept(accountId: number, computerId: number, kindCode: number, at: number, mark = 0): Seat | null {
    this.#mark = mark;
    const effect = EFFECT_BY_CODE[kindCode] ?? "none";
    if (effect === "none") return null;
    if (effect === "start" || effect === "pause" || effect === "end") {
      const seat = this.#seatOf(accountId, computerId);
      if (effect === "start") this.#start(seat, at);
      else if (effect === "pause") this.#pause(seat, at);
      else this.#end(seat, at, true);
      return seat;
    }
    const seats = this.#seatsOf(computerId);
    if (seats !== undefined) {
      for (const seat of seats.values()) {
        if (effect === "sleep") this.#pause(seat, at);
        else this.#end(seat, at, effect === "shutdown");
      }
    }
    return null;
  }

  /** The seat, for callers that know more of it. */
  seat(accountId: number, computerId: number): Seat {
    return this.#seatOf(accountId, computerId);
  }

  /** Takes up what an earlier machine left open; before the first event of the seat. */
  restore(
    accountId: number,
    computerId: number,
    open: Pick<SeatState, "state" | "since" | "activeSince">,
  ): Seat {
    return Object.assign(this.#seatOf(accountId, computerId), open);
  }

  /** Every seat, those of a computer together. */
  *seats(): Generator<Readonly<SeatState>> {
    for (const seats of this.#seats.values()) yield* seats.values();
  }

  /** Gives what is still active at `end` (now, or the end of the range); a pause still open counts nothing. */
  close(end: number): void {
    this.#mark = NaN;
    for (const seats of this.#seats.values()) {
      for (const seat of seats.values()) {
        if (seat.state === "active") this.#emitActive(seat, end, true);
        else if (seat.state === "paused") this.#onOpenPause?.(seat, seat.since, seat.openedBy);
        seat.state = "off";
      }
    }
  }

  #seatsOf(computerId: number): Map<number, SeatState> | undefined {
    if (computerId !== this.#recentComputer) {
      this.#recentComputer = computerId;
      this.#recentSeats = this.#seats.get(computerId);
    }
    return this.#recentSeats;
  }

  #seatOf(accountId: number, computerId: number): SeatState {
    let seats = this.#seatsOf(computerId);
    if (seats === undefined) {
      seats = new Map();
      this.#seats.set(computerId, seats);
      this.#recentSeats = seats;
    }
    let seat = seats.get(accountId);
    if (seat === undefined) {
      seat = {
        index: this.#seatCount,
        accountId,
        computerId,
        state: "off",
        since: 0,
        activeSince: 0,
        openedBy: NaN,
      };
      this.#seatCount += 1;
      seats.set(accountId, seat);
    }
    return seat;
  }

  #start(seat: SeatState, at: number): void {
    // A second start means that the end of the first was lost, so its length is unknown.
    if (seat.state === "active") this.#emitActive(seat, at, false);
    else if (seat.state === "paused") this.#emitLocked(seat, at);
    seat.state = "active";
    seat.since = at;
    seat.activeSince = at;
    seat.openedBy = this.#mark;
  }

  #pause(seat: SeatState, at: number): void {
    if (seat.state !== "active") return;
    this.#emitActive(seat, at, true);
    seat.state = "paused";
    seat.since = at;
    seat.openedBy = this.#mark;
  }

  #end(seat: SeatState, at: number, isCertain: boolean): void {
    if (seat.state === "active") this.#emitActive(seat, at, isCertain);
    else if (seat.state === "paused") this.#emitLocked(seat, at);
    seat.state = "off";
  }

  #emitActive(seat: SeatState, to: number, isCertain: boolean): void {
    const from = seat.since;
    if (to < from || (to === from && !this.keepsEmpty)) return;
    const isActive = isProven(from, to, isCertain, this.#maxSessionMs);
    const end = isActive ? to : Math.min(to, from + this.#maxSessionMs);
    this.#onStretch(seat, isActive ? "active" : "uncertain", from, end, seat.openedBy, this.#mark);
  }

  #emitLocked(seat: SeatState, to: number): void {
    if (to > seat.since) this.#onStretch(seat, "locked", seat.since, to, seat.openedBy, this.#mark);
  }
}
