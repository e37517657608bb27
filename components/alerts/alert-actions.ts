import type { FormAction } from "@/lib/domain/form-result";
import type { RulesPreview } from "@/lib/services/detections/import-rules";

/** What can be done with an alert; the page hands the server's actions down. */
export interface AlertActions {
  setAlertStateAction: FormAction<{ count: number }>;
  assignAlertsAction: FormAction<{ count: number }>;
  commentAlertAction: FormAction<void>;
  addExceptionAction: FormAction<{ exceptionId: number }>;
}

/** The same with rules and exceptions. */
export interface RuleActions {
  changeRuleAction: FormAction<void>;
  changeHabitsAction: FormAction<void>;
  previewRulesAction: FormAction<RulesPreview>;
  importRulesAction: FormAction<RulesPreview>;
  removeExceptionAction: FormAction<void>;
}
