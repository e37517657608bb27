import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { lockCompany } from "@/db/queries/companies/company";
import { listRuleSettings } from "@/db/queries/detections/settings";
import { readWithin, writeWithin } from "@/db/scope";
import type { Rule, RuleSettings } from "@/lib/domain/detections/rule";
import type { rulesFileForm } from "@/lib/domain/detections/rule-form";
import type { Text } from "@/lib/domain/text";
import { findRule, settingsOf, type AllSettings } from "@/lib/domain/detections/rules";
import { readRulesYaml, type FileProblem, type RuleInFile } from "@/lib/domain/detections/rules-yaml";
import { parameterText } from "@/lib/domain/detections/words";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { writeRule } from "./change-rule";

const MOST_TOLD = 5;

/** What a file changes of a rule, in words. */
export interface RuleChange {
  rule: string;
  title: Text;
  changes: Record<"label" | "before" | "after", string | Text>[];
}

export interface RulesPreview {
  changed: RuleChange[];
  /** Rules that the file names and leaves as they are. */
  unchanged: number;
}

type FileInput = z.output<typeof rulesFileForm>;

/** What a file of rules would change. @throws AccessDenied; AppError `invalid` naming lines and fields. */
export async function previewRules(
  { actor, scope }: CompanyContext,
  { yaml }: FileInput,
): Promise<RulesPreview> {
  assertCan(actor, "alerts:manage", scope);
  const given = rulesIn(yaml);
  const stored = await readWithin(scope, (tx) => listRuleSettings(tx, scope));
  return previewOf(compare(given, settingsOf(stored)));
}

/** Tunes the rules as a file says; what it does not name stays. Each change has an audit row. @throws as previewRules. */
export async function importRules(
  { actor, audit, scope }: CompanyContext,
  { yaml }: FileInput,
): Promise<RulesPreview> {
  assertCan(actor, "alerts:manage", scope);
  const given = rulesIn(yaml);
  return writeWithin(scope, async (tx: Transaction) => {
    await lockCompany(tx, scope);
    const compared = compare(given, settingsOf(await listRuleSettings(tx, scope)));
    for (const { rule, before, after, words } of compared) {
      if (words.changes.length > 0) await writeRule(tx, { audit, scope }, rule, before, after);
    }
    return previewOf(compared);
  });
}

function rulesIn(yaml: string): RuleInFile[] {
  const { rules, problems } = readRulesYaml(yaml);
  if (problems.length === 0) return rules;
  const told = problems.slice(0, MOST_TOLD).map(problemText);
  const count = problems.length - told.length;
  const lines: Text[] = count > 0 ? [...told, { key: "alertErrors.moreProblems", values: { count } }] : told;
  const message = lines.reduceRight((more, line) => ({
    key: "alertErrors.twoLines",
    values: { line, more },
  }));
  throw new AppError("invalid", { key: "alertErrors.fileWrong" }, [{ field: "yaml", message }]);
}

function problemText({ line, field, message: problem }: FileProblem): Text {
  return field === ""
    ? { key: "alertErrors.lineProblem", values: { line, problem } }
    : { key: "alertErrors.fieldProblem", values: { line, field, problem } };
}

const ON: Text = { key: "ruleScreens.on" };
const OFF: Text = { key: "ruleScreens.off" };

interface Compared {
  rule: Rule;
  before: RuleSettings;
  after: RuleSettings;
  words: RuleChange;
}

function compare(given: readonly RuleInFile[], settings: AllSettings): Compared[] {
  return given.map(({ rule: name, isOn, values }) => {
    const rule = findRule(name)!;
    const before = settings[name];
    const after = { isOn: isOn ?? before.isOn, values: { ...before.values, ...values } };
    const isOnText = (settingsIn: RuleSettings) => (settingsIn.isOn ? ON : OFF);
    const changes: RuleChange["changes"] = [
      ...(before.isOn === after.isOn
        ? []
        : [
            { label: { key: "ruleScreens.rule" } as const, before: isOnText(before), after: isOnText(after) },
          ]),
      ...rule.parameters.flatMap(({ name: parameter, label, unit }) => {
        const [old, fresh] = [before.values[parameter]!, after.values[parameter]!];
        return old === fresh
          ? []
          : [{ label, before: parameterText(old, unit), after: parameterText(fresh, unit) }];
      }),
    ];
    return { rule, before, after, words: { rule: name, title: rule.title, changes } };
  });
}

function previewOf(compared: readonly Compared[]): RulesPreview {
  const changed = compared.map(({ words }) => words).filter(({ changes }) => changes.length > 0);
  return { changed, unchanged: compared.length - changed.length };
}
