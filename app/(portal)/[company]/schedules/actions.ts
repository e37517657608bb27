"use server";

import {
  newScheduleForm,
  reportDomainsForm,
  scheduleChangeForm,
  scheduleRef,
} from "@/lib/domain/reports/schedule-form";
import { companyAction } from "@/lib/server/actions";
import { limitedPerCompany } from "@/lib/server/limited-per-company";
import { changeReportDomains } from "@/lib/services/schedules/change-report-domains";
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  pauseSchedule,
  resumeSchedule,
  sendNow,
} from "@/lib/services/schedules/manage-schedules";

// Whose schedule it is decides, which the services ask.
export const createScheduleAction = companyAction("events:read", newScheduleForm, createSchedule);
export const changeScheduleAction = companyAction("events:read", scheduleChangeForm, changeSchedule);
export const pauseScheduleAction = companyAction("events:read", scheduleRef, pauseSchedule);
export const resumeScheduleAction = companyAction("events:read", scheduleRef, resumeSchedule);
export const deleteScheduleAction = companyAction("events:read", scheduleRef, deleteSchedule);
export const sendReportNowAction = companyAction(
  "events:read",
  scheduleRef,
  limitedPerCompany("report-now", sendNow, "report-now-user"),
);
export const changeReportDomainsAction = companyAction(
  "report-domains:update",
  reportDomainsForm,
  changeReportDomains,
);
