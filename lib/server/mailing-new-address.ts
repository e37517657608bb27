import type { ServiceContext } from "@/lib/services/context";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { mailRecipientOf } from "@/lib/services/mail/mail-recipient";
import { withinLimits } from "./rate-limit/limiter";

type Service<Input, Result> = (context: ServiceContext, input: Input) => Promise<Result>;

/**
 * Bounds how many notices an address gets that is given to an account: it may be anybody's. What `assertMay` refuses
 * counts nothing, nor does what the service refuses: anybody could use up the mails of whom they name.
 */
export function mailingNewAddress<Input extends { email?: string | undefined }, Result>(
  service: Service<Input, Result>,
  assertMay: Service<Input, void>,
): Service<Input, Result> {
  return async (context, input) => {
    if (input.email === undefined || !canMailPersons()) return service(context, input);
    await assertMay(context, input);
    const recipient = await mailRecipientOf(input.email);
    return withinLimits([["mail-recipient", recipient]], () => service(context, input));
  };
}
