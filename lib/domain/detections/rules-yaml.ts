import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Node, type Pair } from "yaml";
import type { Text, TextKey } from "../text";
import { RULE_NAMES, type Rule, type RuleName, type RuleParameter, type RuleValues } from "./rule";
import { boundsText } from "./rule-values";
import { findRule, RULES, type AllSettings } from "./rules";

const VERSION = 1;
/** Three times the longest file that is written. The parser stays fast at this length, whatever the text. */
export const MOST_CHARACTERS = 8_192;

/** What a file says of a rule; what it leaves out stays. */
export interface RuleInFile {
  rule: RuleName;
  isOn?: boolean;
  values: RuleValues;
}

export interface FileProblem {
  /** From 1. */
  line: number;
  /** As `rules.password-spray.threshold`; empty for what is no field. */
  field: string;
  message: Text;
}

/** Every rule with the company's settings, as text; `company` is its name, and `word` words the comments, for people. */
export function writeRulesYaml(settings: AllSettings, company: string, word: (text: Text) => string): string {
  const lines = [`# Rules of ${company.replaceAll(/\s+/g, " ")}`, `version: ${VERSION}`, "rules:"];
  for (const { name, title, parameters } of RULES) {
    const { isOn, values } = settings[name];
    lines.push(`  # ${word(title)}`, `  ${name}:`, `    on: ${isOn}`);
    for (const { name: parameter, label, unit, least, most } of parameters) {
      const of = unit === "number" ? "" : ` ${unit}`;
      lines.push(
        `    ${parameter}: ${values[parameter]} # ${word(label).toLowerCase()}: ${least} to ${most}${of}`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Reads what {@link writeRulesYaml} writes, in whole or in part. Says everything that is wrong, by line. */
export function readRulesYaml(text: string): { rules: RuleInFile[]; problems: FileProblem[] } {
  if (text.length > MOST_CHARACTERS) {
    return { rules: [], problems: [{ line: 1, field: "", message: { key: "alertErrors.fileTooLong" } }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: "core",
    // The parser compares each field with all before it; FileReader finds those that stand twice.
    uniqueKeys: false,
  });
  const reader = new FileReader(lines);
  for (const { pos, code } of [...document.errors, ...document.warnings]) {
    reader.complain(pos[0], "", { key: YAML_PROBLEMS[code] ?? "alertErrors.yamlWrong" });
  }
  if (reader.problems.length === 0) reader.readFile(document.contents);
  const problems = reader.problems.toSorted((a, b) => a.line - b.line);
  return { rules: problems.length > 0 ? [] : reader.rules, problems };
}

/** What the YAML parser finds, by its codes. */
const YAML_PROBLEMS: Readonly<Record<string, TextKey>> = {
  TAB_AS_INDENT: "alertErrors.yamlTab",
  BAD_INDENT: "alertErrors.yamlIndent",
  MISSING_CHAR: "alertErrors.yamlSignMissing",
  MULTIPLE_DOCS: "alertErrors.yamlDocuments",
};

type FilePair = Pair<Node, Node | null>;

class FileReader {
  readonly rules: RuleInFile[] = [];
  readonly problems: FileProblem[] = [];

  constructor(readonly lines: LineCounter) {}

  complain(offset: number, field: string, message: Text): void {
    this.problems.push({ line: this.lines.linePos(offset).line || 1, field, message });
  }

  readFile(contents: Node | null): void {
    const members = this.membersOf(contents, "", 0);
    if (!members) return;
    let hasRules = false;
    for (const [name, value, offset] of members) {
      if (name === "version") this.readVersion(value, offset);
      else if (name === "rules") {
        hasRules = true;
        for (const [rule, given, at] of this.membersOf(value, "rules", offset) ?? [])
          this.readRule(rule, given, at);
      } else this.complain(offset, name, unknownField("version, rules"));
    }
    if (!hasRules) this.complain(0, "rules", { key: "alertErrors.rulesMissing" });
  }

  readVersion(value: Node | null, offset: number): void {
    if (!isScalar(value) || value.value !== VERSION) {
      this.complain(offset, "version", {
        key: "alertErrors.versionWrong",
        values: { version: String(VERSION) },
      });
    }
  }

  readRule(name: string, value: Node | null, offset: number): void {
    const field = `rules.${name}`;
    const rule = findRule(name);
    if (!rule)
      return this.complain(offset, field, {
        key: "alertErrors.unknownRule",
        values: { rules: RULE_NAMES.join(", ") },
      });
    const members = this.membersOf(value, field, offset);
    if (!members) return;
    const found: { isOn?: boolean; values: Record<string, number> } = { values: {} };
    for (const [member, given, at] of members) {
      const path = `${field}.${member}`;
      const parameter = rule.parameters.find((one) => one.name === member);
      if (member === "on") {
        const isOn = isScalar(given) ? given.value : undefined;
        if (typeof isOn === "boolean") found.isOn = isOn;
        else this.complain(at, path, { key: "alertErrors.booleanWrong" });
      } else if (parameter) {
        const number = this.numberOf(parameter, given, at, path);
        if (number !== null) found.values[member] = number;
      } else this.complain(at, path, unknownField(knownOf(rule)));
    }
    this.rules.push({ rule: rule.name, ...found });
  }

  numberOf(parameter: RuleParameter, given: Node | null, offset: number, field: string): number | null {
    const value = isScalar(given) ? given.value : undefined;
    const isGood =
      typeof value === "number" &&
      Number.isInteger(value) &&
      value >= parameter.least &&
      value <= parameter.most;
    if (isGood) return value;
    this.complain(offset, field, boundsText(parameter));
    return null;
  }

  /**
   * The members of a mapping with where each begins, each name once, with a complaint about those that come again; null,
   * with a complaint, for anything else.
   */
  membersOf(node: Node | null, field: string, offset: number): [string, Node | null, number][] | null {
    if (isAlias(node)) {
      this.complain(offset, field, { key: "alertErrors.aliasWrong" });
      return null;
    }
    if (!isMap(node)) {
      this.complain(node?.range?.[0] ?? offset, field, { key: "alertErrors.mappingMissing" });
      return null;
    }
    const members = new Map<string, [string, Node | null, number]>();
    for (const { key, value } of node.items as FilePair[]) {
      const name = isScalar(key) ? String(key.value) : "";
      const at = key.range?.[0] ?? offset;
      if (members.has(name)) {
        const path = field === "" ? name : `${field}.${name}`;
        this.complain(at, path, { key: "alertErrors.yamlFieldTwice" });
      } else members.set(name, [name, value, at]);
    }
    return [...members.values()];
  }
}

const knownOf = ({ parameters }: Rule) => ["on", ...parameters.map(({ name }) => name)].join(", ");

const unknownField = (fields: string): Text => ({ key: "alertErrors.unknownField", values: { fields } });
