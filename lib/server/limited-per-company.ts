import type { CompanyContext } from "@/lib/services/context";
import { assertWithinLimits, type LimitKind } from "./rate-limit/limiter";

/** Limits how often one company, or the portal, uses a service, over all its users. */
export function limitedPerCompany<Input, Result>(
  kind: LimitKind,
  service: (context: CompanyContext, input: Input) => Promise<Result>,
): (context: CompanyContext, input: Input) => Promise<Result> {
  return async (context, input) => {
    await assertWithinLimits([[kind, { companyId: context.scope.companyId }]]);
    return service(context, input);
  };
}
