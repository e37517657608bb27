import { parseAllDocuments } from "yaml";
import { describe, expect, it } from "vitest";
import { RULES, settingsOf } from "@/lib/domain/detections/rules";
import { readRulesYaml, writeRulesYaml } from "@/lib/domain/detections/rules-yaml";
import { inEnglish } from "@/lib/english";
import { writeSigma } from "@/lib/domain/detections/sigma";

const tuned = settingsOf([
  { rule: "password-spray", isOn: false, values: { threshold: 9, minutes: 20 } },
  { rule: "lockouts-in-a-row", isOn: true, values: { threshold: 4, minutes: 60 } },
]);

describe("rules as YAML", () => {
  it("come back as they were written, with what a company's name may hold", () => {
    for (const company of ["Contoso", "a: [b] # c\u2028d", "x'\"\\"]) {
      const { rules, problems } = readRulesYaml(writeRulesYaml(tuned, company, inEnglish));
      expect(problems).toEqual([]);
      expect(rules).toHaveLength(RULES.length);
      for (const { rule, isOn, values } of rules) expect({ isOn, values }).toEqual(tuned[rule]);
    }
  });

  it("may name some rules and some of their values", () => {
    expect(
      readRulesYaml("rules:\n  password-spray: {threshold: 7}\n  lockouts-in-a-row:\n    on: false\n"),
    ).toEqual({
      problems: [],
      rules: [
        { rule: "password-spray", values: { threshold: 7 } },
        { rule: "lockouts-in-a-row", isOn: false, values: {} },
      ],
    });
  });

  it.each([
    [
      "rules:\n  password-spray:\n    threshold: 1\n",
      3,
      "rules.password-spray.threshold",
      "Enter a whole number from 2 to 100.",
    ],
    [
      "rules:\n  password-spray:\n    threshold: '5'\n",
      3,
      "rules.password-spray.threshold",
      "Enter a whole number from 2 to 100.",
    ],
    ["rules:\n  password-spray:\n    on: yes\n", 3, "rules.password-spray.on", "Enter true or false."],
    [
      "rules:\n  password-spray:\n    minute: 5\n",
      3,
      "rules.password-spray.minute",
      "Known fields: on, threshold, minutes.",
    ],
    ["rules:\n  spray:\n    on: true\n", 2, "rules.spray", "Unknown rule."],
    ["rules:\n  password-spray: 5\n", 2, "rules.password-spray", "Enter fields with values here."],
    ["version: 2\nrules: {}\n", 1, "version", "Only version 1"],
    ["version: 1\n", 1, "rules", "Add the rules"],
    ["rule: {}\nrules: {}\n", 1, "rule", "Known fields: version, rules."],
    [
      "rules:\n  a: &x {on: true}\n  password-spray: *x\n",
      3,
      "rules.password-spray",
      "YAML aliases aren't supported.",
    ],
    ["rules:\n  password-spray: {on: true\n", 3, "", "Incorrect indentation."],
    ["rules:\n\tpassword-spray: {}\n", 2, "", "Indent with spaces, not with tabs."],
    ["rules: {}\n---\nrules: {}\n", 2, "", "The file can contain only one document."],
    [
      "rules:\n  password-spray: {}\n  password-spray: {}\n",
      3,
      "rules.password-spray",
      "This field appears twice.",
    ],
    [
      "rules:\n  password-spray:\n    on: true\n    'on': false\n",
      4,
      "rules.password-spray.on",
      "This field appears twice.",
    ],
    ["rules: {}\nversion: 1\nrules: {}\n", 3, "rules", "This field appears twice."],
    ["", 1, "", "Enter fields with values here."],
    ["- a\n", 1, "", "Enter fields with values here."],
  ])("%j is refused by line and field", (text, line, field, message) => {
    const { rules, problems } = readRulesYaml(text);
    expect(rules).toEqual([]);
    const found = problems.find((problem) => problem.line === line && problem.field === field);
    expect(inEnglish(found!.message)).toContain(message);
  });
});

describe("rules as Sigma", () => {
  const documents = (settings = settingsOf([])) =>
    parseAllDocuments(writeSigma(settings, inEnglish)).map((one) => {
      expect([...("errors" in one ? one.errors : [])]).toEqual([]);
      return (one as { toJS(): Record<string, never> }).toJS() as unknown as {
        name: string;
        id: string;
        logsource?: object;
        correlation?: {
          type: string;
          rules: string[];
          timespan: string;
          condition?: Record<string, unknown>;
        };
      };
    });

  it("are correlations over what Windows logs, with the company's values", () => {
    const found = documents(tuned);
    const correlations = found.flatMap(({ name, correlation }) =>
      correlation ? [[name, correlation] as const] : [],
    );
    expect(correlations.map(([name, { type }]) => [name, type])).toEqual([
      ["password_guessing", "event_count"],
      ["password_guessed", "temporal_ordered"],
      ["unusable_account", "event_count"],
      ["lockouts_in_a_row", "event_count"],
    ]);
    expect(correlations.at(-1)![1]).toMatchObject({ timespan: "1h", condition: { gte: 4 } });
  });

  it("refer only to rules that stand before them, each with an id of its own", () => {
    const found = documents();
    const known = new Set<string>();
    for (const { name, correlation } of found) {
      for (const rule of correlation?.rules ?? []) expect(known).toContain(rule);
      known.add(name);
    }
    expect(found.find(({ name }) => name === "password_spray")?.correlation).toMatchObject({
      type: "value_count",
      condition: { gte: 5, field: "TargetUserName" },
      timespan: "10m",
    });
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    for (const { id } of found)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
