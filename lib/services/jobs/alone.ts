import { tryJobLock } from "@/db/job-lock";
import { AppError } from "@/lib/errors";

/** Does something as a job of this lane would, for the command line. @throws AppError `conflict` while one is at it. */
export async function alone<Result>(lane: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await tryJobLock(lane);
  if (!lock) throw new AppError("conflict", { key: "errors.nightlyJobRunning" });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
