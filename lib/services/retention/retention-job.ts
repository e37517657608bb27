import { operatorActor } from "../audit/actor";
import type { Job } from "../jobs/job";
import { retainIfBelieved } from "./believed-retention";

/** Before the night's backup and the morning's first sign-ins. */
const HOUR = 1;

export const retentionJob: Job = {
  name: "retention",
  title: { key: "jobs.retention" },
  purpose: { key: "jobs.retentionNote" },
  lane: "nightly",
  schedule: () => ({ kind: "daily", hour: HOUR }),
  run: (signal) => retainIfBelieved(operatorActor("scheduled job"), signal),
};
