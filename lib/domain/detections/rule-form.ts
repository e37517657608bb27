import { z } from "zod";
import { editOf } from "../edit-input";
import { checkbox } from "../form-input";
import { zoneParam } from "../reports/report-query";
import { issue } from "../text";
import { ruleName } from "./alert-form";
import { BACKTEST_DAYS } from "./backtest";
import { PARAMETER_NAMES, type ParameterName } from "./rule";
import { MOST_CHARACTERS } from "./rules-yaml";

/** NaN for what is no whole number: each rule has bounds of its own, which the service knows and names. */
const parameter = z.string().transform((text) => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : NaN));
const parameters = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, parameter])) as Record<
  ParameterName,
  typeof parameter
>;

/** What a company changes of a rule. */
export const ruleForm = editOf({ rule: ruleName }, { isOn: checkbox, ...parameters });

/** Whether rules may learn the habits of a company's people. */
export const habitsForm = editOf({}, { learnsHabits: checkbox });

/** What a rule is tried on; its values stand beside it, and those that are absent are the stored ones. */
export const backtestForm = z.object({
  /** Absent for every rule with its stored values. */
  rule: ruleName.optional(),
  days: z
    .string(issue("alertErrors.daysWrong"))
    .transform(Number)
    .pipe(z.literal(BACKTEST_DAYS, issue("alertErrors.daysWrong"))),
  tz: zoneParam,
});

/** A file of rules as text, with its line ends. */
export const rulesFileForm = z.object({
  yaml: z
    .string()
    .max(MOST_CHARACTERS, issue("alertErrors.fileTooLong"))
    .refine((text) => text.trim() !== "", issue("alertErrors.fileMissing")),
});
