import { hostname } from "node:os";
import { confirmNotification, endUnconfirmed } from "@/db/queries/notifications/insert-notifications";
import { portalScope, writeWithin } from "@/db/scope";
import { findKind } from "@/lib/domain/notifications/kinds";
import { logger } from "@/lib/logger";
import { endState, notify } from "../notifications/notify";
import type { QueueFeeder } from "../queue/queue-handler";
import { readDataFolder } from "../system/data-folder";

const KIND = "disk.nearly-full";
const GIBIBYTE = 1024 ** 3;
/** Nearly full below a twentieth or one GiB; well again above this much more of either. */
const LEAST_PART = 0.05;
const LEAST_BYTES = GIBIBYTE;
const WELL_AGAIN = 1.25;
/** A server that has not looked for so long is gone. */
const GONE_MINUTES = 24 * 60;
/** One that misses three looks while another looks at the same folder has another name by now, as a container made anew. */
const RENAMED_MINUTES = 30;

export interface DiskFacts {
  /** The server's name. */
  host: string;
  path: string;
  freeBytes: number;
  totalBytes: number;
}

/**
 * Tells once that a disk is nearly full, until there is clearly more room again; says nothing of other servers' disks, but
 * that one which no longer looks at a folder of this name is taken for this one under its earlier name.
 */
export async function tellDisk(disk: DiskFacts): Promise<void> {
  const { freeBytes, totalBytes } = disk;
  const least = Math.min(Math.max(totalBytes * LEAST_PART, LEAST_BYTES), totalBytes / 4);
  const subject = findKind(KIND)!.subject!({ ...disk });
  const scope = portalScope();
  const earlierName = { subject, params: { path: disk.path } };
  // In its own transaction: two servers that take each other for gone would deadlock.
  await writeWithin(scope, (tx) => endUnconfirmed(tx, scope, KIND, RENAMED_MINUTES, earlierName));
  await writeWithin(scope, async (tx) => {
    if (freeBytes > least * WELL_AGAIN) return void (await endState(tx, scope, KIND, [subject]));
    if (freeBytes < least) await notify(tx, scope, KIND, { ...disk });
    await confirmNotification(tx, scope, { kind: KIND, subject, changed: { freeBytes, totalBytes } });
  });
}

/** Ends what was told by servers that are gone. */
export async function forgetDisks(): Promise<void> {
  const scope = portalScope();
  await writeWithin(scope, (tx) => endUnconfirmed(tx, scope, KIND, GONE_MINUTES));
}

let looking: Promise<void> | undefined;

/**
 * Every server looks at its own disk. The queue doesn't wait for the look, since a network disk may never answer.
 */
export const diskFeeder: QueueFeeder = {
  everyMilliseconds: 600_000,
  firstAfterMilliseconds: 60_000,
  feed: async () => {
    looking ??= look().finally(() => (looking = undefined));
    return false;
  },
};

async function look(): Promise<void> {
  try {
    const folder = await readDataFolder();
    if (folder) await tellDisk({ host: hostname(), ...folder });
  } catch (error) {
    logger.warn({ err: error }, "Can't look after the disk of the data folder; trying again later");
  }
}
