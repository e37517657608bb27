import type { Transaction } from "@/db/client";
import { listExceptions } from "@/db/queries/detections/settings";
import type { CompanyWriteScope } from "@/db/scope";
import type { RuleException } from "@/lib/domain/detections/exception";
import type { RuleName } from "@/lib/domain/detections/rule";

/** What the company's rules shall not count. */
export async function readExceptions(tx: Transaction, scope: CompanyWriteScope): Promise<RuleException[]> {
  return (await listExceptions(tx, scope)).map(
    ({ rule, accountId, computerId, siteId, address, endsAt }) => ({
      rule: rule as RuleName,
      accountId,
      computerId,
      siteId,
      address,
      endsAt: endsAt?.getTime() ?? null,
    }),
  );
}
