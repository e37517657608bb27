import type { Text } from "../text";
import type { Rule, RuleParameter, RuleValues } from "./rule";

export interface ValueProblem {
  field: string;
  message: Text;
}

/** What a parameter takes. */
export function boundsText({ least, most }: RuleParameter): Text {
  return { key: "forms.wholeNumber", values: { min: least, max: most } };
}

/** The stored values with those that were typed; `typed` gives null for what was not. */
export function withTypedValues(
  { parameters }: Pick<Rule, "parameters">,
  stored: RuleValues,
  typed: (name: string) => string | null,
): { values: RuleValues; problems: ValueProblem[] } {
  const values: Record<string, number> = { ...stored };
  const problems: ValueProblem[] = [];
  for (const parameter of parameters) {
    const text = typed(parameter.name)?.trim();
    if (text === undefined) continue;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= parameter.least && value <= parameter.most) values[parameter.name] = value;
    else problems.push({ field: parameter.name, message: boundsText(parameter) });
  }
  return { values, problems };
}

/** The values as one text, the same however they are ordered: under it a backtest is remembered. */
export function valuesKey({ parameters }: Pick<Rule, "parameters">, values: RuleValues): string {
  return parameters.map(({ name }) => `${name}=${values[name]}`).join(" ");
}
