/** Failures that follow each other within this time belong together; it is also the window of the thresholds. */
export const BURST_WINDOW_MS = 10 * 60_000;
/** This many failed logons of one account within the window suggest a guessed password. */
export const BURST_FAILURES = 5;
/** This many accounts that fail from one address within the window suggest a password spray. */
export const BURST_ACCOUNTS = 5;
/** A success up to this long after a burst's last failure is said to have followed it. */
export const SUCCESS_WINDOW_MS = 60 * 60_000;

/** A failed logon or a lockout. Ids within one company; times in epoch milliseconds. */
export interface Failure {
  companyId: number;
  accountId: number;
  computerId: number;
  /** Where it came from; null when the event does not say. */
  address: string | null;
  isLockout: boolean;
  at: number;
  /** Whether the current filters select it: a burst is kept if one of its failures is. */
  isWanted: boolean;
}

/** Many failures of one account, or of many accounts from one address. */
export interface Burst {
  kind: "account" | "address";
  companyId: number;
  /** Of a burst on one account; else null. */
  accountId: number | null;
  /** Of a burst from one address, or the only one of a burst on an account; else null. */
  address: string | null;
  /** The first failure and the last. */
  from: number;
  to: number;
  /** The failure that made it a burst. */
  since: number;
  failures: number;
  lockouts: number;
  accountIds: readonly number[];
  computerIds: readonly number[];
  addresses: readonly string[];
}

interface Run {
  from: number;
  to: number;
  since: number | null;
  failures: number;
  lockouts: number;
  accountIds: Set<number>;
  computerIds: Set<number>;
  addresses: Set<string>;
  isWanted: boolean;
  /** Failures of the last window, oldest first: when each was, or of each account the newest one. */
  recent: Map<number, number>;
}

type Subject = Pick<Burst, "kind" | "companyId" | "accountId" | "address">;

/**
 * Finds bursts in failures that come ordered by time.
 *
 * The failures of one account, and those from one address, form runs: a failure within ten minutes of the one before
 * it continues its run. A run is a burst when somewhere in it five failures of the account, or failures of five
 * different accounts from the address, lie within ten minutes; it then counts from its first failure to its last.
 * A lockout is counted with the run of its account, but is no failure. Memory grows with subjects, not with events.
 */
export class BurstFinder {
  readonly #runs = new Map<string, { subject: Subject; run: Run }>();
  readonly #bursts: Burst[] = [];

  accept(failure: Failure): void {
    const { companyId, accountId, address } = failure;
    const account: Subject = { kind: "account", companyId, accountId, address: null };
    if (failure.isLockout) return this.#countLockout(account, failure);
    this.#extend(account, failure);
    if (address !== null) this.#extend({ kind: "address", companyId, accountId: null, address }, failure);
  }

  /** Every burst, newest first; ties by company, those on accounts before those from addresses. */
  finish(): Burst[] {
    for (const { subject, run } of this.#runs.values()) this.#close(subject, run);
    this.#runs.clear();
    return this.#bursts.sort(
      (a, b) =>
        b.from - a.from ||
        a.companyId - b.companyId ||
        a.kind.localeCompare(b.kind) ||
        (a.accountId ?? 0) - (b.accountId ?? 0) ||
        (a.address ?? "").localeCompare(b.address ?? ""),
    );
  }

  #countLockout(subject: Subject, { at, isWanted }: Failure): void {
    const run = this.#runs.get(keyOf(subject))?.run;
    if (!run || at - run.to > BURST_WINDOW_MS) return;
    run.lockouts += 1;
    run.isWanted ||= isWanted;
  }

  #extend(subject: Subject, failure: Failure): void {
    const key = keyOf(subject);
    let open = this.#runs.get(key);
    if (open && failure.at - open.run.to > BURST_WINDOW_MS) {
      this.#close(open.subject, open.run);
      open = undefined;
    }
    if (!open) {
      open = { subject, run: newRun(failure.at) };
      this.#runs.set(key, open);
    }
    addTo(open.run, failure);
    if (open.run.since === null && reachesThreshold(subject.kind, open.run, failure)) {
      open.run.since = failure.at;
    }
  }

  #close(subject: Subject, run: Run): void {
    if (run.since === null || !run.isWanted) return;
    const { from, to, since, failures, lockouts } = run;
    const addresses = [...run.addresses];
    this.#bursts.push({
      ...subject,
      address: subject.address ?? (addresses.length === 1 ? addresses[0]! : null),
      from,
      to,
      since,
      failures,
      lockouts,
      accountIds: [...run.accountIds],
      computerIds: [...run.computerIds],
      addresses,
    });
  }
}

function keyOf({ kind, companyId, accountId, address }: Subject): string {
  return `${kind} ${companyId} ${accountId ?? address}`;
}

function newRun(at: number): Run {
  return {
    from: at,
    to: at,
    since: null,
    failures: 0,
    lockouts: 0,
    accountIds: new Set(),
    computerIds: new Set(),
    addresses: new Set(),
    isWanted: false,
    recent: new Map(),
  };
}

function addTo(run: Run, { at, accountId, computerId, address, isWanted }: Failure): void {
  run.to = at;
  run.failures += 1;
  run.accountIds.add(accountId);
  run.computerIds.add(computerId);
  if (address !== null) run.addresses.add(address);
  run.isWanted ||= isWanted;
}

/** Counts the failure; the map never holds more than the threshold, whatever anybody sends. */
function reachesThreshold(kind: Subject["kind"], run: Run, { at, accountId }: Failure): boolean {
  const { recent } = run;
  const key = kind === "account" ? run.failures : accountId;
  recent.delete(key);
  recent.set(key, at);
  for (const [oldest, time] of recent) {
    if (at - time <= BURST_WINDOW_MS) break;
    recent.delete(oldest);
  }
  return recent.size >= (kind === "account" ? BURST_FAILURES : BURST_ACCOUNTS);
}
