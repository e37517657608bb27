import { editOf } from "../edit-input";
import { checkbox, wholeNumber } from "../form-input";
import { ruleName } from "./alert";
import { PARAMETER_NAMES, type ParameterName } from "./rule";

const parameter = wholeNumber(0, 100_000);
const parameters = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, parameter])) as Record<
  ParameterName,
  typeof parameter
>;

/** What a company changes of a rule. Each rule has bounds of its own, which the service knows. */
export const ruleForm = editOf({ rule: ruleName }, { isOn: checkbox, ...parameters });

/** Whether rules may learn the habits of a company's people. */
export const habitsForm = editOf({}, { learnsHabits: checkbox });
