import type { ServiceContext } from "@/lib/services/context";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { mailRecipientOf } from "@/lib/services/mail/mail-recipient";
import { assertWithinLimits } from "./rate-limit/limiter";

/** Bounds how many notices an address gets that is given to an account: it may be anybody's. */
export function mailingNewAddress<Input extends { email?: string | undefined }, Result>(
  service: (context: ServiceContext, input: Input) => Promise<Result>,
): (context: ServiceContext, input: Input) => Promise<Result> {
  return async (context, input) => {
    if (input.email !== undefined && canMailPersons()) {
      await assertWithinLimits([["mail-recipient", await mailRecipientOf(input.email)]]);
    }
    return service(context, input);
  };
}
