import { findCompany } from "@/db/queries/companies/company";
import { listExceptions, listRuleSettings } from "@/db/queries/detections/settings";
import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import type { Asked } from "@/lib/domain/detections/memories";
import type { RuleName } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";

/** What decides, besides events: a change of it counts from the next batch. `portalZone` is that of companies without one. */
export async function readAsked(
  tx: Transaction,
  scope: CompanyWriteScope,
  portalZone: string,
): Promise<Asked> {
  const [stored, exceptions, company] = await Promise.all([
    listRuleSettings(tx, scope),
    listExceptions(tx, scope),
    findCompany(tx, scope),
  ]);
  return {
    settings: settingsOf(stored),
    exceptions: exceptions.map(({ rule, accountId, computerId, siteId, address, endsAt }) => ({
      rule: rule as RuleName,
      accountId,
      computerId,
      siteId,
      address,
      endsAt: endsAt?.getTime() ?? null,
    })),
    context: {
      zone: ianaZone(company?.timeZone ?? portalZone),
      learnsHabits: company?.learnsHabits ?? true,
    },
  };
}
