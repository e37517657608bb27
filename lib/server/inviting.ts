import type { ServiceContext } from "@/lib/services/context";
import { assertWithinLimits, withinLimits } from "./rate-limit/limiter";

type Service<Input, Result> = (context: ServiceContext, input: Input) => Promise<Result>;

/** Bounds how many invitations one administrator sends with new users. */
export function inviting<Input extends { access?: string | undefined }, Result>(
  service: Service<Input, Result>,
): Service<Input, Result> {
  return async (context, input) => {
    if (input.access === "invitation")
      await assertWithinLimits([["invitation", { userId: context.actor.userId }]]);
    return service(context, input);
  };
}

/**
 * Bounds how many invitations one administrator sends again, and how many one person gets. What `assertMay` refuses
 * counts nothing, nor does what the service refuses: anybody could use up the mails of another company's users.
 */
export function invitingAgain<Input extends { userId: number }, Result>(
  service: Service<Input, Result>,
  assertMay: Service<Input, void>,
): Service<Input, Result> {
  return async (context, input) => {
    await assertMay(context, input);
    const { userId } = input;
    return withinLimits(
      [
        ["invitation", { userId: context.actor.userId }],
        ["mail-recipient", { userId }],
      ],
      () => service(context, input),
    );
  };
}
