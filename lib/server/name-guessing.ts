import { can } from "@/lib/domain/permissions";
import { isAppError } from "@/lib/errors";
import type { ServiceContext } from "@/lib/services/context";
import { guess } from "./rate-limit/limiter";

const isMiss = (error: unknown) =>
  isAppError(error) && (error.code === "conflict" || error.code === "invalid") && error.fields.length > 0;

/**
 * Bounds how often a user may be told that a username or email address is taken, or not there: those who don't see all
 * users could list those of other companies by trying.
 */
export function nameGuessing<Context extends ServiceContext, Input, Result>(
  service: (context: Context, input: Input) => Promise<Result>,
): (context: Context, input: Input) => Promise<Result> {
  return (context, input) => {
    const work = () => service(context, input);
    if (can(context.actor, "user:choose-username")) return work();
    return guess([["name-guess", { userId: context.actor.userId }]], isMiss, work);
  };
}
