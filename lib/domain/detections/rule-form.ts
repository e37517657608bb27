import { editOf } from "../edit-input";
import { checkbox, wholeNumber } from "../form-input";
import { ruleName } from "./alert";

/** What a company changes of a rule. Each rule has bounds of its own, which the service knows. */
export const ruleForm = editOf(
  { rule: ruleName },
  { isOn: checkbox, threshold: wholeNumber(1, 100_000), minutes: wholeNumber(1, 100_000) },
);
