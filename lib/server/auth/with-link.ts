import { isAppError } from "@/lib/errors";
import { guess } from "../rate-limit/limiter";

/** Whether an action failed because its link opens nothing, the only use of a link that counts towards a limit. */
function isDeadLink(error: unknown): boolean {
  return isAppError(error) && error.code === "not_found";
}

/**
 * Runs `work` by the link of a mail. Links that open nothing count, and only once they are known to: an office that uses
 * many good ones within seconds must not lock itself out, and a random token isn't found by trying many at once.
 *
 * @throws AppError `limited` after too many dead links from the address; else what `work` throws.
 */
export function withLink<T>(address: string, work: () => Promise<T>): Promise<T> {
  return guess([], isDeadLink, work, [["dead-link", { address }]]);
}
