import type { FollowingEvents } from "../detections/follow-events";
import { startRules } from "../detections/rules-thread";
import { jobQueue } from "../jobs/job-queue";
import { JOBS } from "../jobs/registry";
import { closeMailPool } from "../mail/mail-pool";
import { mailSender } from "../mail/mail-sender";
import { deliverySenders } from "../notifications/attempt-delivery";
import { messageMaker } from "../notifications/make-messages";
import { notificationRouter } from "../notifications/route-notifications";
import { scheduleFeeder } from "../schedules/feed-schedules";
import { reportSender } from "../schedules/send-report";
import { deriveLastSeen } from "../events/derive-last-seen";
import { diskFeeder } from "../watch/watch-disk";
import { strayFeeder } from "./pull-back";
import type { QueueFeeder, QueueHandler } from "./queue-handler";
import { startQueue, type RunningQueue } from "./worker";

/** A server that has just started has more urgent things to do than its jobs. */
const FIRST_JOBS_MILLISECONDS = 10_000;

/** Another server may have been killed; this one is not to wait for its own next start. */
const lastSeenFeeder: QueueFeeder = {
  everyMilliseconds: 300_000,
  firstAfterMilliseconds: 300_000,
  feed: async () => {
    await deriveLastSeen();
    return false;
  },
};

let running: RunningQueue | undefined;
let following: FollowingEvents | undefined;

/** What works on each queue, beside the jobs. */
export function queueHandlers(): QueueHandler[] {
  return [messageMaker, ...deliverySenders, mailSender, reportSender()];
}

/** Has this server work on every queue, and ask the rules about new events, until {@link stopWork}. Every server does; the database decides who does what. */
export function startWork(): void {
  const { handler, feeder } = jobQueue(JOBS, FIRST_JOBS_MILLISECONDS);
  running ??= startQueue(
    [handler, ...queueHandlers()],
    [notificationRouter, feeder, lastSeenFeeder, scheduleFeeder, strayFeeder, diskFeeder],
  );
  following ??= startRules();
}

/** Waits up to five seconds for what is under way. */
export async function stopWork(): Promise<void> {
  const queue = running;
  running = undefined;
  const followed = following;
  following = undefined;
  await Promise.all([queue?.stop(), followed?.stop()]);
  closeMailPool();
}
