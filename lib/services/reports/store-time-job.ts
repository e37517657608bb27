import type { Job } from "../jobs/job";
import { storeTime } from "./store-time";

const NAME = "store-time";

export const storeTimeJob: Job = {
  name: NAME,
  title: { key: "jobs.storeTime" },
  purpose: { key: "jobs.storeTimeNote" },
  lane: NAME,
  isFrequent: true,
  schedule: () => ({ kind: "every", minutes: 5 }),
  run: storeTime,
};
