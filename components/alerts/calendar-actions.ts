import type { FormAction } from "@/lib/domain/form-result";
import type { CalendarScreen } from "@/lib/services/calendar/read-calendar";

/** What can be done with the calendar; the page hands the server's actions down. */
export interface CalendarActions {
  changeHoursAction: FormAction<void>;
  removeHoursAction: FormAction<void>;
  addHolidayAction: FormAction<{ holidayId: number }>;
  removeHolidayAction: FormAction<void>;
  addExemptionAction: FormAction<{ exemptionId: number }>;
  removeExemptionAction: FormAction<void>;
}

export interface CalendarViewProps extends CalendarScreen {
  companyId: number;
  zone: string;
  zones: readonly string[];
  /** Epoch milliseconds. */
  readAt: number;
  actions: CalendarActions;
}
