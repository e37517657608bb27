import type { Job } from "../jobs/job";
import { fillIndexes } from "./fill-indexes";

/** After retention has made room and the backup has read all rows. */
const HOUR = 5;

export const fillIndexesJob: Job = {
  name: "fill-indexes",
  title: { key: "jobs.indexUpkeep" },
  purpose: { key: "jobs.indexUpkeepNote" },
  lane: "nightly",
  schedule: () => ({ kind: "daily", hour: HOUR }),
  run: fillIndexes,
};
