import { setTimeout as wait } from "node:timers/promises";
import { database } from "@/db/client";
import { tryJobLock } from "@/db/job-lock";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { SEALED_COLUMNS, type SealedColumn } from "@/db/queries/global/sealed-columns";
import {
  hasOlderTransactions,
  readDatabaseClock,
  replaceSealed,
  type SealedRow,
} from "@/db/queries/global/sealed-values";
import { AppError } from "@/lib/errors";
import { openSeal, seal } from "@/lib/secret-box";
import { followedSecretFolder } from "@/lib/secrets-in-force";
import type { AuditActor } from "../audit/actor";
import { checkSeals, outdatedValues, type SealCount } from "./check-seals";
import { beginRotation, finishRotation, isRotationOpen } from "./secret-rotation-files";

const LANE = "secret-rotation";
const GRACE_MILLISECONDS = 10_000;
const LONGEST_WAIT_MILLISECONDS = 5 * 60_000;
const LOOK_AGAIN_MILLISECONDS = 250;

export interface Rotation {
  /** Values sealed anew by this run. */
  resealed: number;
  /** How all sealed values stand after it. */
  counts: SealCount[];
  /** Whether this run made a secret, went on with an unfinished rotation, or took the secrets of the environment. */
  secret: "made" | "resumed" | "given";
  /** Nothing needs the previous secret any more; one that was made here before is deleted. */
  isFinished: boolean;
}

interface RotationOptions {
  signal?: AbortSignal;
  /** How long after sealing under the old secret its transaction may begin. */
  graceMilliseconds?: number;
}

/**
 * Seals everything stored under AUTH_SECRET, in short batches, while servers run. With the secret of the data folder
 * it makes a new one first and deletes the old one last; broken off at any point, the next run goes on.
 *
 * @throws AppError `conflict` while another process does it.
 */
export async function rotateSecret(actor: AuditActor, options: RotationOptions = {}): Promise<Rotation> {
  const lock = await tryJobLock(LANE);
  if (!lock) throw new AppError("conflict", "Another process rotates the secret at the moment.");
  try {
    const rotation = await rotate(options);
    await database().transaction((tx) =>
      insertAuditRow(tx, {
        ...actor,
        companyId: null,
        action: "secret.rotate",
        targetType: "secret",
        after: {
          secret: rotation.secret,
          resealed: rotation.resealed,
          unreadable: rotation.counts.reduce((sum, { unreadable }) => sum + unreadable, 0),
          isFinished: rotation.isFinished,
        },
      }),
    );
    return rotation;
  } finally {
    await lock.release();
  }
}

async function rotate({ signal, graceMilliseconds }: RotationOptions): Promise<Rotation> {
  const folder = followedSecretFolder();
  const secret = folder === null ? "given" : await beginRotation(folder);
  let resealed = await resealAll(signal);
  let isQuiet = true;
  if (folder !== null && isRotationOpen(folder)) {
    isQuiet = await waitForOthers(graceMilliseconds ?? GRACE_MILLISECONDS, signal);
    resealed += await resealAll(signal);
  }
  const counts = await checkSeals();
  const isFinished = isQuiet && !signal?.aborted && counts.every(({ previous }) => previous === 0);
  if (isFinished && folder !== null) await finishRotation(folder);
  return { resealed, counts, secret, isFinished };
}

/** Seals anew whatever does not name the present key; what no secret opens stays as it is. Gives how many. */
async function resealAll(signal: AbortSignal | undefined): Promise<number> {
  let resealed = 0;
  for (const column of SEALED_COLUMNS) {
    for await (const rows of outdatedValues(column)) {
      if (signal?.aborted) return resealed;
      resealed += await resealBatch(column, rows);
    }
  }
  return resealed;
}

async function resealBatch(column: SealedColumn, rows: readonly SealedRow[]): Promise<number> {
  return database().transaction(async (tx) => {
    let resealed = 0;
    for (const row of rows) {
      const opened = openSeal(row.sealed, column.purpose);
      if (!opened) continue;
      if (await replaceSealed(tx, column, row, seal(opened.plain, column.purpose))) resealed += 1;
    }
    return resealed;
  });
}

/**
 * Waits until nothing sealed under the old secret can still be committed: after the grace its transaction has begun,
 * and transactions of that time have ended. False when one goes on and on.
 */
async function waitForOthers(graceMilliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  await wait(graceMilliseconds, undefined, { signal }).catch(() => undefined);
  const instant = await readDatabaseClock();
  const end = Date.now() + LONGEST_WAIT_MILLISECONDS;
  while (await hasOlderTransactions(instant)) {
    if (signal?.aborted || Date.now() > end) return false;
    await wait(LOOK_AGAIN_MILLISECONDS);
  }
  return true;
}
