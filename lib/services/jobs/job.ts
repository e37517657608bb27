import type { JobSchedule } from "@/lib/domain/operations/job-schedule";
import type { Text } from "@/lib/domain/text";
import type { Settings } from "../settings/read-settings";

/** Thrown by a job that did what it could: the run failed, and its result is stored as that of a good one. */
export class PartlyFailed extends Error {
  constructor(
    cause: Error,
    readonly result: object,
  ) {
    super(cause.message, { cause });
  }
}

/** Something the servers do by themselves, one of them at a time. */
export interface Job {
  /** Lower case with hyphens; the row of table `jobs` and the metrics' label. */
  name: string;
  title: Text;
  /** One sentence for the System page. */
  purpose: Text;
  /** Jobs of one lane never run at the same time, on whichever servers. */
  lane: string;
  /** Runs every few minutes: success is logged at debug level; the next run retries a failure. */
  isFrequent?: boolean;
  /** null: switched off. */
  schedule(settings: Settings): JobSchedule | null;
  /**
   * Does it all, and answers what came of it, to be stored. Stops soon after the signal, leaving what a later run
   * can go on from. @throws what went wrong, which is stored in words; {@link PartlyFailed} has a result besides.
   */
  run(signal: AbortSignal): Promise<object>;
}
