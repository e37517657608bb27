import type { FormAction } from "@/lib/domain/form-result";
import type { SchedulesScreen } from "@/lib/services/schedules/read-schedules";

/** What can be done to schedules; the page hands the server's actions down. */
export interface ScheduleActions {
  createScheduleAction: FormAction<{ scheduleId: number }>;
  changeScheduleAction: FormAction<void>;
  pauseScheduleAction: FormAction<void>;
  resumeScheduleAction: FormAction<void>;
  deleteScheduleAction: FormAction<void>;
  sendReportNowAction: FormAction<{ runId: number }>;
  changeReportDomainsAction: FormAction<void>;
}

export interface SchedulesViewProps {
  companyId: number;
  screen: SchedulesScreen;
  actions: ScheduleActions;
}
