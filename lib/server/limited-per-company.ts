import type { CompanyContext } from "@/lib/services/context";
import { withinLimits, type Limit, type LimitKind } from "./rate-limit/limiter";

/**
 * Limits how often one company, or the portal, uses a service, over all its users, and each of them by `ownKind`. What
 * the service refuses does not count.
 */
export function limitedPerCompany<Input, Result>(
  kind: LimitKind,
  service: (context: CompanyContext, input: Input) => Promise<Result>,
  ownKind?: LimitKind,
): (context: CompanyContext, input: Input) => Promise<Result> {
  return (context, input) => {
    const { actor, scope } = context;
    const limits: Limit[] = ownKind ? [[ownKind, { userId: actor.userId }]] : [];
    limits.push([kind, { companyId: scope.companyId }]);
    return withinLimits(limits, () => service(context, input));
  };
}
