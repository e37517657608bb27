import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany } from "@/db/queries/companies/company";
import { listRuleSettings } from "@/db/queries/detections/settings";
import { writeWithin } from "@/db/scope";
import { settingsOf } from "@/lib/domain/detections/rules";
import { writeRulesYaml } from "@/lib/domain/detections/rules-yaml";
import { writeSigma } from "@/lib/domain/detections/sigma";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { inEnglish } from "@/lib/english";

export const RULES_FORMATS = ["yaml", "sigma"] as const;
export type RulesFormat = (typeof RULES_FORMATS)[number];

/** The company's rules as a file: `yaml` can be read again, `sigma` is for other systems. @throws AccessDenied. */
export async function exportRules(
  { actor, audit, scope }: CompanyContext,
  format: RulesFormat,
): Promise<{ fileName: string; text: string }> {
  assertCan(actor, "alerts:read", scope);
  return writeWithin(scope, async (tx) => {
    const settings = settingsOf(await listRuleSettings(tx, scope));
    await insertAuditRow(tx, {
      ...audit,
      companyId: scope.companyId,
      action: "rule.export",
      outcome: "success",
      targetType: "company",
      targetId: scope.companyId,
      after: { format },
    });
    if (format === "sigma") return { fileName: "rules.sigma.yml", text: writeSigma(settings, inEnglish) };
    const company = await findCompany(tx, scope);
    return { fileName: "rules.yml", text: writeRulesYaml(settings, company?.name ?? "", inEnglish) };
  });
}
