"use server";

import {
  alertAssignForm,
  alertCommentForm,
  alertStateForm,
  exceptionForm,
  exceptionRef,
} from "@/lib/domain/detections/alert-form";
import { habitsForm, ruleForm, rulesFileForm } from "@/lib/domain/detections/rule-form";
import { companyAction } from "@/lib/server/actions";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { commentAlert, setAlertState } from "@/lib/services/detections/change-alerts";
import { changeHabits } from "@/lib/services/detections/change-habits";
import { changeRule } from "@/lib/services/detections/change-rule";
import { importRules, previewRules } from "@/lib/services/detections/import-rules";
import { addException, removeException } from "@/lib/services/detections/manage-exceptions";

export const setAlertStateAction = companyAction("alerts:manage", alertStateForm, setAlertState);
export const assignAlertsAction = companyAction("alerts:manage", alertAssignForm, assignAlerts);
export const commentAlertAction = companyAction("alerts:manage", alertCommentForm, commentAlert);
export const addExceptionAction = companyAction("alerts:manage", exceptionForm, addException);
export const removeExceptionAction = companyAction("alerts:manage", exceptionRef, removeException);
export const changeRuleAction = companyAction("alerts:manage", ruleForm, changeRule);
export const changeHabitsAction = companyAction("alerts:manage", habitsForm, changeHabits);
export const previewRulesAction = companyAction("alerts:manage", rulesFileForm, previewRules);
export const importRulesAction = companyAction("alerts:manage", rulesFileForm, importRules);
