"use server";

import { globalAction } from "@/lib/server/actions";
import { jobRequestInput, requestJob } from "@/lib/services/jobs/read-jobs";

export const requestJobAction = globalAction("settings:update", jobRequestInput, requestJob);
