import { Ratelimit } from "@upstash/ratelimit";
import { Redis as UpstashRedis } from "@upstash/redis";
import { Redis } from "ioredis";
import { createHash } from "node:crypto";
import type { Text } from "@/lib/domain/text";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { processState } from "@/lib/process-state";
import type { CountedUse, LimitVerdict } from "./window-limiter";

const TIMEOUT_MILLISECONDS = 500;
/** After a failure the process counts for itself so long, or every request would wait for a store that hangs. */
const REST_MILLISECONDS = 5_000;

type RatelimitRedis = ConstructorParameters<typeof Ratelimit>[0]["redis"];

interface Store {
  redis: RatelimitRedis;
  limiters: Map<string, Ratelimit>;
  restsUntil: number;
  /** Settles when the first connection stands, has failed or takes too long. */
  opened: Promise<unknown>;
  close(): void;
}

const shared = processState("limit-store", (): { store?: Store | undefined } => ({}));

/** Whether uses are counted outside this process. */
export function hasSharedStore(): boolean {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = env();
  return Boolean(REDIS_URL) || Boolean(UPSTASH_REDIS_REST_URL && UPSTASH_REDIS_REST_TOKEN);
}

/** Where uses are counted, for an administrator. */
export function limitStoreName(): string | Text {
  if (!hasSharedStore()) return { key: "system.limitsPerServer" };
  const name = env().REDIS_URL ? "Redis" : "Upstash";
  const isResting = (shared.store?.restsUntil ?? 0) > Date.now();
  return isResting ? { key: "system.limitsResting", values: { name } } : name;
}

function openStore(): Store {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = env();
  const rest = { limiters: new Map<string, Ratelimit>(), restsUntil: 0 };
  if (!REDIS_URL) {
    const redis = new UpstashRedis({
      url: UPSTASH_REDIS_REST_URL!,
      token: UPSTASH_REDIS_REST_TOKEN!,
      retry: { retries: 1 },
    });
    return { ...rest, redis, opened: Promise.resolve(), close: () => undefined };
  }
  const client = new Redis(REDIS_URL, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: TIMEOUT_MILLISECONDS,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  });
  client.on("error", (error) => logger.debug({ err: error }, "Redis connection failed"));
  return {
    ...rest,
    redis: plainRedis(client) as unknown as RatelimitRedis,
    opened: firstConnection(client),
    close: () => client.disconnect(),
  };
}

/** Nothing is queued for a Redis that is away, so without this the first use after a start would not find it. */
function firstConnection(client: Redis): Promise<unknown> {
  return new Promise((resolve) => {
    client.once("ready", resolve);
    client.once("close", resolve);
    setTimeout(resolve, TIMEOUT_MILLISECONDS).unref();
  });
}

/** The four commands @upstash/ratelimit needs, over a plain Redis. */
function plainRedis(client: Redis) {
  // Its scripts are known by the digest of a text whose first line plain Redis refuses.
  const plainDigests = new Map<string, string>();
  return {
    get: (key: string) => client.get(key),
    set: (key: string, value: string) => client.set(key, value),
    evalsha: (digest: string, keys: string[], args: unknown[]) => {
      const known = plainDigests.get(digest);
      if (!known) return Promise.reject(new Error("NOSCRIPT"));
      return client.evalsha(known, keys.length, ...keys, ...args.map(String));
    },
    eval: (script: string, keys: string[], args: unknown[]) => {
      const plain = script.replace(/^#!lua[^\n]*\n/, "");
      plainDigests.set(sha1(script), sha1(plain));
      return client.eval(plain, keys.length, ...keys, ...args.map(String));
    },
  };
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

/** Counts a use in the shared store; null when there is none or it does not answer, so that the process counts itself. */
export function sharedUse(
  kind: string,
  key: string,
  limit: number,
  windowSeconds: number,
): Promise<CountedUse | null> {
  return askStore(kind, limit, windowSeconds, async (limiter) => {
    const verdict = await limiter.limit(key);
    // The library lets a use through when time is up.
    if (verdict.reason === "timeout") throw noAnswer();
    return {
      isAllowed: verdict.success,
      limit: verdict.limit,
      remaining: Math.max(0, verdict.remaining),
      resetAtSeconds: Math.ceil(verdict.reset / 1000),
      takeBack: () =>
        limiter.limit(key, { rate: -1 }).then(
          () => undefined,
          () => undefined,
        ),
    };
  });
}

/** Whether a use would be within the limit, by the shared store; null as sharedUse. Counts nothing. */
export function sharedLook(
  kind: string,
  key: string,
  limit: number,
  windowSeconds: number,
): Promise<LimitVerdict | null> {
  return askStore(kind, limit, windowSeconds, async (limiter) => {
    const { remaining, reset } = await inTime(limiter.getRemaining(key));
    const resetAtSeconds = Math.ceil(reset / 1000);
    return { isAllowed: remaining > 0, limit, remaining: Math.max(0, remaining), resetAtSeconds };
  });
}

async function askStore<T>(
  kind: string,
  limit: number,
  windowSeconds: number,
  ask: (limiter: Ratelimit) => Promise<T>,
): Promise<T | null> {
  if (!hasSharedStore()) return null;
  const store = (shared.store ??= openStore());
  if (Date.now() < store.restsUntil) return null;
  await store.opened;
  try {
    return await ask(limiterOf(store, kind, limit, windowSeconds));
  } catch (error) {
    store.restsUntil = Date.now() + REST_MILLISECONDS;
    logger.warn({ err: error }, "Shared store doesn't respond; counting rate limits in this process");
    return null;
  }
}

const noAnswer = () => new Error("The rate-limit store did not answer in time.");

/** The library bounds the time of a counted use alone. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer()), TIMEOUT_MILLISECONDS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function limiterOf(store: Store, kind: string, limit: number, windowSeconds: number): Ratelimit {
  let limiter = store.limiters.get(kind);
  if (!limiter) {
    limiter = new Ratelimit({
      redis: store.redis,
      limiter: Ratelimit.slidingWindow(limit, `${windowSeconds} s`),
      prefix: `winauthmon:${kind}`,
      timeout: TIMEOUT_MILLISECONDS,
      ephemeralCache: false,
      analytics: false,
    });
    store.limiters.set(kind, limiter);
  }
  return limiter;
}

/** Closes the connection, for tests; the next use opens another. */
export function closeSharedStore(): void {
  shared.store?.close();
  shared.store = undefined;
}
