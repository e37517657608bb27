import type { CompanyContext } from "@/lib/services/context";
import { assertWithinLimits, type LimitKind } from "./rate-limit/limiter";

/** Bounds how often one company, or the portal, has a service do something, whoever asks for it. */
export function limitedPerCompany<Input, Result>(
  kind: LimitKind,
  service: (context: CompanyContext, input: Input) => Promise<Result>,
): (context: CompanyContext, input: Input) => Promise<Result> {
  return async (context, input) => {
    await assertWithinLimits([[kind, { companyId: context.scope.companyId }]]);
    return service(context, input);
  };
}
