import { LRUCache } from "lru-cache";
import { isListening, listenTo } from "@/db/pg-notify";
import { scopesForKeys, type KeyAccess } from "@/db/scope";
import { answerWithin } from "@/lib/answer-within";
import { processState } from "@/lib/process-state";
import { sha256Hex } from "@/lib/sha256";
import { GroupCommit } from "../events/group-commit";

export type { KeyAccess };

const NOTIFIED_TTL_MILLISECONDS = 30_000;
const UNNOTIFIED_TTL_MILLISECONDS = 1_000;
const ANSWER_MILLISECONDS = 15_000;
const MAX_KEYS_PER_QUERY = 500;

interface Cached {
  access: KeyAccess | null;
}

interface KeyCache {
  known: LRUCache<string, Cached>;
  unknown: LRUCache<string, Cached>;
  loading: Map<string, Promise<KeyAccess | null>>;
  /** Looks up together what comes while a query runs: however many wrong keys are tried, they share few queries. */
  queries: GroupCommit<string, KeyAccess | null>;
  /** Raised by each change, so that an answer read before it is not kept after it. */
  generation: number;
}

function cache(): KeyCache {
  return processState("key-cache", () => {
    const fresh: KeyCache = {
      known: new LRUCache({ max: 20_000 }),
      // Wrong keys are anybody's to send: a small cache of their own, so that they cannot push out right ones.
      unknown: new LRUCache({ max: 2_000 }),
      loading: new Map(),
      queries: new GroupCommit(askDatabase, { maxItemsPerCommit: MAX_KEYS_PER_QUERY }),
      generation: 0,
    };
    const forget = () => {
      fresh.generation += 1;
      fresh.known.clear();
      fresh.unknown.clear();
      fresh.loading.clear();
    };
    listenTo("winauthmon_api_keys", { onMessage: forget, onConnect: forget });
    return fresh;
  });
}

/** What keys open, by their digests in hex. */
function askDatabase(names: readonly string[]): Promise<(KeyAccess | null)[]> {
  return answerWithin(ANSWER_MILLISECONDS, scopesForKeys(names.map((name) => Buffer.from(name, "hex"))));
}

/**
 * Looks a key up by digest, from a cache that every change of a key empties on every server; without a promise
 * when it is there, as nearly always.
 *
 * Answers disabled and expired keys too: the caller tells them apart. @throws the driver's error in an outage,
 * unless the key is cached; AppError `unavailable` when too many wait.
 */
export function findKey(apiKey: string): KeyAccess | null | Promise<KeyAccess | null> {
  const { known, unknown, loading } = cache();
  const name = sha256Hex(apiKey);
  const cached = known.get(name) ?? unknown.get(name);
  if (cached) return cached.access;
  const underWay = loading.get(name);
  if (underWay) return underWay;
  const loaded = load(name).finally(() => {
    // A change may have emptied the map, and the same key been asked for anew since.
    if (loading.get(name) === loaded) loading.delete(name);
  });
  loading.set(name, loaded);
  return loaded;
}

async function load(name: string): Promise<KeyAccess | null> {
  const keys = cache();
  const { generation } = keys;
  const [access = null] = await answerWithin(ANSWER_MILLISECONDS, keys.queries.add([name]));
  if (generation === keys.generation) {
    const ttl = isListening() ? NOTIFIED_TTL_MILLISECONDS : UNNOTIFIED_TTL_MILLISECONDS;
    (access ? keys.known : keys.unknown).set(name, { access }, { ttl });
  }
  return access;
}

/** Whether a key may be used at `now` (epoch milliseconds); a disabled and an expired one answer alike. */
export function isUsable({ key }: KeyAccess, now: number): boolean {
  return key.isActive && (key.expiresAt === null || key.expiresAt.getTime() > now);
}
