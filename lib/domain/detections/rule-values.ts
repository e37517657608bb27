import type { Rule, RuleParameter, RuleValues } from "./rule";

export interface ValueProblem {
  field: string;
  message: string;
}

/** What a parameter takes, in words. */
export function boundsWords({ least, most, unit }: RuleParameter): string {
  return `Enter ${least.toLocaleString("en")} to ${most.toLocaleString("en")} ${unit}.`;
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
    else problems.push({ field: parameter.name, message: boundsWords(parameter) });
  }
  return { values, problems };
}

/** The values as one text, the same however they are ordered: under it a backtest is remembered. */
export function valuesKey({ parameters }: Pick<Rule, "parameters">, values: RuleValues): string {
  return parameters.map(({ name }) => `${name}=${values[name]}`).join(" ");
}
