import { stringify } from "yaml";
import type { Text } from "../text";
import type { Rule, RuleName, RuleValues } from "./rule";
import { RULES, type AllSettings } from "./rules";

const SECURITY_LOG = { product: "windows", service: "security" };

type Detection = Record<string, unknown>;

interface BaseRule {
  title: string;
  id: string;
  detection: Detection;
}

/** What Windows logs, to which correlations refer by name. The ids are ours and stay. */
const BASE_RULES: Readonly<Record<string, BaseRule>> = {
  wrong_password: {
    title: "Logon refused for a wrong password",
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2c01",
    detection: {
      refused: { EventID: 4625, SubStatus: ["0xC000006A", "0xC000006D"] },
      machine_made: { LogonType: [5, 7] },
      condition: "refused and not machine_made",
    },
  },
  wrong_password_or_name: {
    title: "Logon refused for a wrong password or an unknown name",
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2c02",
    detection: {
      refused: { EventID: 4625, SubStatus: ["0xC000006A", "0xC000006D", "0xC0000064"] },
      machine_made: { LogonType: [5, 7] },
      condition: "refused and not machine_made",
    },
  },
  unusable_account_refused: {
    title: "Logon refused because the account may not be used",
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2c03",
    detection: {
      by_status: { EventID: 4625, Status: unusableCodes() },
      by_sub_status: { EventID: 4625, SubStatus: unusableCodes() },
      condition: "1 of by_*",
    },
  },
  account_locked_out: {
    title: "Account locked out",
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2c04",
    detection: { locked: { EventID: 4740 }, condition: "locked" },
  },
  logon_succeeded: {
    title: "Session begun",
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2c05",
    detection: { begun: { EventID: [4624, 4801] }, condition: "begun" },
  },
};

function unusableCodes(): string[] {
  return ["0xC0000072", "0xC000006F", "0xC0000070", "0xC0000193", "0xC0000413", "0xC000015B"];
}

interface Correlation {
  id: string;
  /** The base rules it refers to, and before them other correlations. */
  rules: readonly string[];
  after?: RuleName;
  say(values: RuleValues): Record<string, unknown>;
}

const span = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`);
const atLeast = (values: RuleValues) => ({
  timespan: span(values.minutes!),
  condition: { gte: values.threshold! },
});
const nameOf = (rule: RuleName) => rule.replaceAll("-", "_");

/** The rules that can be said as a correlation of Sigma. */
const CORRELATIONS: Readonly<Partial<Record<RuleName, Correlation>>> = {
  "password-spray": {
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2d01",
    rules: ["wrong_password_or_name"],
    say: (values) => ({
      type: "value_count",
      "group-by": ["IpAddress"],
      timespan: span(values.minutes!),
      condition: { gte: values.threshold!, field: "TargetUserName" },
    }),
  },
  "password-guessing": {
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2d02",
    rules: ["wrong_password"],
    say: (values) => ({ type: "event_count", "group-by": ["TargetUserName"], ...atLeast(values) }),
  },
  "password-guessed": {
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2d03",
    rules: ["logon_succeeded"],
    after: "password-guessing",
    say: (values) => ({
      type: "temporal_ordered",
      "group-by": ["TargetUserName"],
      timespan: span(values.minutes!),
    }),
  },
  "unusable-account": {
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2d04",
    rules: ["unusable_account_refused"],
    say: (values) => ({ type: "event_count", "group-by": ["TargetUserName"], ...atLeast(values) }),
  },
  "lockouts-in-a-row": {
    id: "5b2f0c1e-6a3d-4c57-9d1b-7f4f5a0e2d05",
    rules: ["account_locked_out"],
    say: (values) => ({ type: "event_count", "group-by": ["TargetUserName"], ...atLeast(values) }),
  },
};

const canBeSaid = ({ name }: Rule) => CORRELATIONS[name] !== undefined;

/**
 * The company's rules that are on as Sigma rules and correlations (specification 2), one YAML document each.
 *
 * What cannot be said so is named in a comment: what a rule remembers of habits, late events and exceptions.
 */
export function writeSigma(settings: AllSettings, word: (text: Text) => string): string {
  const said = RULES.filter((rule) => canBeSaid(rule) && settings[rule.name].isOn);
  const unsaid = RULES.filter((rule) => !canBeSaid(rule));
  // A correlation may rest on another, which is said even if it is off.
  const names = new Set(said.flatMap(({ name }) => [CORRELATIONS[name]!.after ?? name, name]));
  const correlations = RULES.filter(({ name }) => names.has(name));
  const used = new Set(correlations.flatMap(({ name }) => CORRELATIONS[name]!.rules));
  const documents = [
    ...Object.entries(BASE_RULES).flatMap(([name, base]) =>
      used.has(name) ? [baseDocument(name, base)] : [],
    ),
    ...correlations.map((rule) => correlationDocument(rule, settings[rule.name].values, word)),
  ];
  const head = [
    "# Exceptions, late events and what is learned of habits cannot be said in Sigma.",
    ...unsaid.map(({ title }) => `# Not among these: ${word(title)}`),
  ];
  return `${head.join("\n")}\n${documents.map((one) => stringify(one, { lineWidth: 0 })).join("---\n")}`;
}

function baseDocument(name: string, { title, id, detection }: BaseRule): object {
  return { title, id, name, status: "stable", logsource: SECURITY_LOG, detection, level: "informational" };
}

function correlationDocument(
  { name, question, title, severity, technique }: Rule,
  values: RuleValues,
  word: (text: Text) => string,
): object {
  const { id, rules, after, say } = CORRELATIONS[name]!;
  const { type, ...rest } = say(values);
  return {
    title: word(title),
    id,
    name: nameOf(name),
    status: "stable",
    description: word(question),
    tags: [`attack.${technique.id.toLowerCase()}`],
    correlation: { type, rules: [...(after ? [nameOf(after)] : []), ...rules], ...rest },
    level: severity,
  };
}
