import { inOrder, type Stretch, type TimeSpentEvent } from "../time-spent/compute-stretches";
import { StretchMachine, type StretchKind } from "../time-spent/stretch-machine";

const HOUR_MS = 3_600_000;

/** The question who was on at a moment; instants in epoch milliseconds. */
export interface MomentAsk {
  at: number;
  /** The longest a session may be. */
  maxSessionHours: number;
  now: number;
}

/** A seat of which a later event decides what the stretch at the moment was. */
export interface OpenSeat {
  accountId: number;
  computerId: number;
  /** Another pause, a computer's sleep among them, changes nothing then. */
  isPaused: boolean;
}

/** Events from here on (epoch milliseconds) cannot have happened yet. */
export function momentEnd({ at, now }: Pick<MomentAsk, "at" | "now">): number {
  return Math.max(now, at + 1);
}

/**
 * The stretches that hold the moment, whole and not cut to any range, by account and computer. An account is
 * on a computer exactly then.
 *
 * Of all that came before the moment, what each account last began or ended on the computer and its first pause since
 * decide; of what came after it, the first event that acts on an account that was on. All others may be left out.
 *
 * They are those of Time Spent, and the pauses that nothing has ended yet: those count no time, but after a lock the
 * account is still on, up to the longest session.
 */
export function whoWasOn(events: readonly TimeSpentEvent[], ask: MomentAsk): Stretch[] {
  const { at, maxSessionHours } = ask;
  const until = momentEnd(ask);
  const found: Stretch[] = [];
  const machine = presenceMachine(maxSessionHours, until, (seat, kind, start, to, openedBy, closer) => {
    if (start > at || at >= to) return;
    const isOpen = Number.isNaN(closer);
    found.push({ ...seat, kind, from: start, to, isOpen, openedBy, closedBy: isOpen ? null : closer });
  });
  for (const { accountId, computerId, kindCode, at: time, order } of inOrder(events)) {
    if (time < until) machine.accept(accountId, computerId, kindCode, time, order);
  }
  machine.close(until);
  return found.toSorted((a, b) => a.accountId - b.accountId || a.computerId - b.computerId);
}

/** Seats that a later event may still show as on at the moment; of the events those up to it count. */
export function openAt(events: readonly TimeSpentEvent[], { at, maxSessionHours }: MomentAsk): OpenSeat[] {
  const open: OpenSeat[] = [];
  const machine = new StretchMachine(
    maxSessionHours * HOUR_MS,
    ({ accountId, computerId }, _kind, _from, to, _openedBy, closedBy) => {
      if (Number.isNaN(closedBy) && to > at) open.push({ accountId, computerId, isPaused: false });
    },
    ({ accountId, computerId }) => open.push({ accountId, computerId, isPaused: true }),
  );
  for (const { accountId, computerId, kindCode, at: time, order } of inOrder(events)) {
    if (time <= at) machine.accept(accountId, computerId, kindCode, time, order);
  }
  machine.close(at + 1);
  return open;
}

type PresenceSink = (
  seat: { accountId: number; computerId: number },
  kind: StretchKind,
  from: number,
  to: number,
  openedBy: number,
  closedBy: number,
) => void;

/**
 * A machine whose open pauses, too, come as locked stretches: up to `end`, which close() is given as well, and no
 * longer than the longest session.
 */
export function presenceMachine(
  maxSessionHours: number,
  end: number,
  onStretch: PresenceSink,
): StretchMachine {
  const longest = maxSessionHours * HOUR_MS;
  return new StretchMachine(
    longest,
    ({ accountId, computerId }, ...stretch) => onStretch({ accountId, computerId }, ...stretch),
    ({ accountId, computerId }, since, openedBy) => {
      const to = Math.min(end, since + longest);
      if (to > since) onStretch({ accountId, computerId }, "locked", since, to, openedBy, NaN);
    },
  );
}
