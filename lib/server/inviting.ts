import type { ServiceContext } from "@/lib/services/context";
import { assertWithinLimits, type Limit } from "./rate-limit/limiter";

interface Invited {
  /** Of an existing user, who gets the mail again. */
  userId?: number;
  /** Of a new user. */
  access?: string | undefined;
}

/** Bounds how many invitations one administrator sends, and how many one person gets. */
export function inviting<Context extends ServiceContext, Input extends Invited, Result>(
  service: (context: Context, input: Input) => Promise<Result>,
): (context: Context, input: Input) => Promise<Result> {
  return async (context, input) => {
    const { userId, access } = input;
    const limits: Limit[] = [["invitation", { userId: context.actor.userId }]];
    if (userId !== undefined) limits.push(["mail-recipient", { userId }]);
    if (userId !== undefined || access === "invitation") await assertWithinLimits(limits);
    return service(context, input);
  };
}
