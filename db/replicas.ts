import { env } from "@/lib/env";
import { isDatabaseOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { processState } from "@/lib/process-state";
import { connect, connectionPool, reportConnectionOptions, type RawSql } from "./client";

const LOOK_EVERY_MS = 1_000;
/** A replica that was not looked at for so long is not read: the looks themselves may hang. */
const LONGEST_SINCE_LOOK_MS = 5_000;
const LOOK_TIMEOUT_MS = 3_000;
/** Further behind than these reach, a lag is told as that much or more. */
const MOST_SAMPLES = 3_600;

export type ReplicaState = "near" | "behind" | "away" | "not a replica";

/** One of `DATABASE_READ_URL`. */
export interface Replica {
  /** Host and port, or the socket's folder; never a password. */
  name: string;
  state: ReplicaState;
  /** It holds everything that the primary had stored by then; epoch milliseconds, null when not known. */
  freshAt: number | null;
  lookedAt: number;
  /** Reports and lists that this process read from it. */
  reads: number;
  pool: RawSql;
  /** For looks and cancellations, which must not wait for the pool. */
  control: RawSql;
}

/** Where the primary's write-ahead log stood at an instant, in bytes. */
interface Sample {
  at: number;
  position: number;
}

interface Replicas {
  key: string;
  all: Replica[];
  samples: Sample[];
  next: number;
  timer?: NodeJS.Timeout;
  looking?: Promise<void> | undefined;
}

const shared = processState("replicas", (): { open?: Replicas | undefined } => ({}));

function replicas(): Replicas {
  const urls = env().DATABASE_READ_URL;
  const key = urls.join();
  if (shared.open?.key === key) return shared.open;
  const before = shared.open;
  const open: Replicas = { key, all: urls.map(openReplica), samples: [], next: 0 };
  shared.open = open;
  if (before) void closeAll(before);
  if (open.all.length > 0) {
    open.timer = setInterval(() => void lookAtReplicas(), LOOK_EVERY_MS).unref();
    void lookAtReplicas();
  }
  return open;
}

function openReplica(url: string): Replica {
  return {
    name: nameOf(url),
    state: "away",
    freshAt: null,
    lookedAt: 0,
    reads: 0,
    pool: connect(url, reportConnectionOptions()),
    control: connect(url, {
      max: 1,
      connection: { application_name: "winauthmon replica", statement_timeout: LOOK_TIMEOUT_MS },
    }),
  };
}

function nameOf(address: string): string {
  const url = new URL(address);
  return url.searchParams.get("host") ?? url.host;
}

/** Whether reading may go to replicas at all. */
export function areReplicasSet(): boolean {
  return env().DATABASE_READ_URL.length > 0;
}

/** How the replicas stand by the last look; a lag in milliseconds, null when not known. */
export function listReplicas(): (Pick<Replica, "name" | "state" | "reads"> & { lagMs: number | null })[] {
  return replicas().all.map(({ name, state, reads, freshAt }) => {
    return { name, state, reads, lagMs: freshAt === null ? null : Math.max(0, Date.now() - freshAt) };
  });
}

/**
 * The next replica that may be read: it follows within `DATABASE_READ_LAG_SECONDS`, and holds what was changed up to
 * `changedAt` (epoch milliseconds). null when there is none, so that the primary is read.
 */
export function pickReplica(changedAt: number): Replica | null {
  if (!areReplicasSet()) return null;
  const open = replicas();
  const now = Date.now();
  for (let tried = 0; tried < open.all.length; tried += 1) {
    const replica = open.all[open.next++ % open.all.length]!;
    const { freshAt, lookedAt, state } = replica;
    if (state !== "near" || freshAt === null || freshAt < changedAt) continue;
    if (now - lookedAt > LONGEST_SINCE_LOOK_MS) continue;
    replica.reads += 1;
    metrics()?.replicaReads.inc({ replica: replica.name });
    return replica;
  }
  return null;
}

/** Not read again before the next look finds it. */
export function noteUnreachable(replica: Replica): void {
  noteFreshness(replica, null);
  setState(replica, "away");
}

/** Looks once at the primary and then at every replica. A look under way is waited for instead. */
export async function lookAtReplicas(): Promise<void> {
  const open = replicas();
  open.looking ??= look(open).finally(() => (open.looking = undefined));
  await open.looking;
}

async function look(open: Replicas): Promise<void> {
  await samplePrimary(open.samples).catch(() => undefined); // without it replicas fall behind by themselves
  await Promise.all(open.all.map((replica) => lookAt(replica, open.samples)));
}

/** What is committed before the question is sent is on disk, and so below the position of the answer. */
async function samplePrimary(samples: Sample[]): Promise<void> {
  const at = Date.now();
  const [row] = await connectionPool()<{ position: number }[]>`
    select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::float8 as position`;
  samples.push({ at, position: row!.position });
  if (samples.length > MOST_SAMPLES) samples.shift();
}

async function lookAt(replica: Replica, samples: readonly Sample[]): Promise<void> {
  try {
    const [row] = await withTimeout(
      replica.control<{ position: number | null }[]>`
        select case when pg_is_in_recovery()
          then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8 end as position`,
    );
    replica.lookedAt = Date.now();
    const position = row!.position;
    if (position === null) {
      // Promoted, or an address of the primary: what it holds is not known to be ours.
      noteFreshness(replica, null);
      return setState(replica, "not a replica");
    }
    const freshAt = samples.findLast((sample) => sample.position <= position)?.at ?? null;
    const lagMs = noteFreshness(replica, freshAt);
    setState(replica, lagMs <= env().DATABASE_READ_LAG_SECONDS * 1_000 ? "near" : "behind");
  } catch (error) {
    if (!isDatabaseOutage(error) && !isTimeout(error)) {
      logger.warn({ err: error, replica: replica.name }, "Replica doesn't report its replay position");
    }
    noteUnreachable(replica);
  }
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === "TimeoutError";

/** A connection to a host that is gone may hang longer than a look should. */
function withTimeout<T>(answer: PromiseLike<T>): Promise<T> {
  const signal = AbortSignal.timeout(LOOK_TIMEOUT_MS);
  return Promise.race([
    answer,
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}

/** Gives how far it is behind the primary in milliseconds: Infinity where that isn't known, in the metric too. */
function noteFreshness(replica: Replica, freshAt: number | null): number {
  replica.freshAt = freshAt;
  const lagMs = freshAt === null ? Infinity : Date.now() - freshAt;
  metrics()?.replicaLagSeconds.set({ replica: replica.name }, lagMs / 1_000);
  return lagMs;
}

function setState(replica: Replica, state: ReplicaState): void {
  if (replica.state === state) return;
  logger.info({ replica: replica.name, before: replica.state, state }, "Replica state changed");
  replica.state = state;
}

/** Ends the looks and closes every connection to replicas. */
export async function closeReplicas(): Promise<void> {
  const open = shared.open;
  shared.open = undefined;
  if (open) await closeAll(open);
}

async function closeAll({ all, timer, looking }: Replicas): Promise<void> {
  clearInterval(timer);
  await looking;
  await Promise.all(
    all.flatMap(({ pool, control }) => [pool.end({ timeout: 5 }), control.end({ timeout: 1 })]),
  );
}
