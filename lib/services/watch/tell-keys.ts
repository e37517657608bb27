import {
  listExpiringKeys,
  listRefusedKeys,
  type RefusedKey,
  type WatchedKey,
} from "@/db/queries/global/watch-keys";
import { daysToTell, EXPIRY_DAYS } from "@/lib/domain/notifications/expiry";
import { notifyAll } from "../notifications/notify";
import { writeByCompany } from "./by-company";

const DAY_MS = 86_400_000;
/** Refused so often on one day, a key is an agent's that was forgotten, and not a try. */
const REFUSED_OFTEN = 100;

/** Tells of keys that expire within 14, 3 and 1 days, each once; gives how many keys that concerns at the moment. */
export async function tellExpiringKeys(now: number): Promise<number> {
  const keys = await listExpiringKeys(new Date(now), new Date(now + Math.max(...EXPIRY_DAYS) * DAY_MS));
  await writeByCompany(keys, async (tx, scope, rows) => {
    const told = rows.flatMap((row) => {
      const days = daysToTell(row.expiresAt!, now, row.createdAt);
      if (days === null) return [];
      const params = { ...keyOf(row), expiresAt: new Date(row.expiresAt!).toISOString(), days };
      return [{ params, onceKey: `key-expiring:${row.keyId}:${row.expiresAt}:${days}` }];
    });
    await notifyAll(tx, scope, "key.expiring", told);
  });
  return keys.length;
}

/** Tells of keys whose requests are refused often, each once a day; gives how many that are. */
export async function tellRefusedKeys(now: number): Promise<number> {
  const keys = await listRefusedKeys(new Date(now), REFUSED_OFTEN);
  await writeByCompany(keys, async (tx, scope, rows) => {
    const told = rows.map((row) => ({
      params: { ...keyOf(row), count: row.count, reason: reasonOf(row, now) },
      onceKey: `key-refused:${row.keyId}:${row.day}`,
    }));
    await notifyAll(tx, scope, "key.refused", told);
  });
  return keys.length;
}

function keyOf({ keyId, description, siteId, site }: WatchedKey) {
  return { keyId, description, site: { id: siteId, name: site } };
}

/** As the key stands now, which is nearly always as it stood. */
function reasonOf({ isActive, expiresAt, maySendEvents }: RefusedKey, now: number): string {
  if (!isActive) return "it is disabled";
  if (expiresAt !== null && expiresAt <= now) return "it has expired";
  return maySendEvents
    ? "its agents send more requests than its rate limit allows"
    : "it may not send events";
}
