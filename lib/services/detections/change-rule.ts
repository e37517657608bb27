import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany } from "@/db/queries/companies/company";
import { listRuleSettings, writeRuleSettings } from "@/db/queries/detections/settings";
import { writeWithin } from "@/db/scope";
import type { Rule, RuleSettings, RuleValues } from "@/lib/domain/detections/rule";
import type { ruleForm } from "@/lib/domain/detections/rule-form";
import { boundsText } from "@/lib/domain/detections/rule-values";
import { findRule, settingsOf } from "@/lib/domain/detections/rules";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";

/**
 * Switches a rule on or off and tunes it, from the next events on.
 *
 * @throws AccessDenied; AppError `invalid` for a value that is no whole number within the rule's bounds.
 */
export async function changeRule(
  { actor, audit, scope }: CompanyContext,
  { rule: name, isOn, ...typed }: z.output<typeof ruleForm>,
): Promise<void> {
  assertCan(actor, "alerts:manage", scope);
  const rule = findRule(name)!;
  const values = valuesIn(rule, typed);
  await writeWithin(scope, async (tx) => {
    await lockCompany(tx, scope);
    const before = settingsOf(await listRuleSettings(tx, scope))[name];
    const after = { isOn: isOn ?? before.isOn, values: { ...before.values, ...values } };
    await writeRule(tx, { audit, scope }, rule, before, after);
  });
}

/** Stores settings in place of others, with their audit row; the transaction holds the company. */
export async function writeRule(
  tx: Transaction,
  { audit, scope }: Pick<CompanyContext, "audit" | "scope">,
  { name, title }: Rule,
  before: RuleSettings,
  after: RuleSettings,
): Promise<void> {
  await writeRuleSettings(tx, scope, { rule: name, ...after });
  await insertAuditRow(tx, {
    ...audit,
    companyId: scope.companyId,
    action: "rule.update",
    outcome: "success",
    targetType: "rule",
    targetId: name,
    targetName: inEnglish(title),
    before: { on: before.isOn, ...before.values },
    after: { on: after.isOn, ...after.values },
  });
}

function valuesIn({ parameters }: Rule, typed: Partial<RuleValues>): RuleValues {
  const values: Record<string, number> = {};
  for (const parameter of parameters) {
    const { name, least, most } = parameter;
    const value = typed[name];
    if (value === undefined) continue;
    if (!(value >= least && value <= most)) {
      const message = boundsText(parameter);
      throw new AppError("invalid", message, [{ field: name, message }]);
    }
    values[name] = value;
  }
  return values;
}
