"use server";

import {
  exemptionForm,
  exemptionRef,
  holidayForm,
  holidayRef,
  hoursForm,
  placeRef,
} from "@/lib/domain/detections/calendar-form";
import { companyAction } from "@/lib/server/actions";
import { changeHours, removeHours } from "@/lib/services/calendar/change-hours";
import {
  addExemption,
  addHoliday,
  removeExemption,
  removeHoliday,
} from "@/lib/services/calendar/manage-days";

export const changeHoursAction = companyAction("alerts:manage", hoursForm, changeHours);
export const removeHoursAction = companyAction("alerts:manage", placeRef, removeHours);
export const addHolidayAction = companyAction("alerts:manage", holidayForm, addHoliday);
export const removeHolidayAction = companyAction("alerts:manage", holidayRef, removeHoliday);
export const addExemptionAction = companyAction("alerts:manage", exemptionForm, addExemption);
export const removeExemptionAction = companyAction("alerts:manage", exemptionRef, removeExemption);
