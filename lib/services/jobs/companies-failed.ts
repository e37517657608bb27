import { messageOf } from "@/lib/error-text";
import { isDatabaseOutage, isNodeOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { PartlyFailed } from "./job";

/** Thrown once a look is done that failed for some companies; each failure is logged. */
export class CompaniesFailed extends Error {
  constructor(failures: readonly unknown[]) {
    const [first] = failures;
    // What the database says, not the text of the query.
    const why = messageOf(first instanceof Error && first.cause ? first.cause : first);
    super(`It failed for ${failures.length} of the companies: ${why}`, { cause: first });
  }
}

/**
 * Does the work for one company after the other. @throws CompaniesFailed at the end where it failed for some, and at once
 * the error of a database that can't be reached.
 */
export async function forEachCompany(
  companyIds: Iterable<number>,
  work: (companyId: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const companyId of companyIds) {
    try {
      await work(companyId);
    } catch (error) {
      // No company's can be done then, and each would wait to find that out.
      if (isDatabaseOutage(error) && !isNodeOutage(error)) throw error;
      failures.push(error);
      logger.error({ err: error, companyId }, "A job failed for a company; trying again");
    }
  }
  if (failures.length > 0) throw new CompaniesFailed(failures);
}

/** A job's run in several parts: one that fails for some companies doesn't keep the parts behind it waiting. */
export class Looks {
  #failure: CompaniesFailed | undefined;

  /** What the part counts; 0 where it counts nothing or failed for some companies. @throws whatever else it throws. */
  async count(look: Promise<number | void>): Promise<number> {
    try {
      return (await look) ?? 0;
    } catch (error) {
      if (!(error instanceof CompaniesFailed)) throw error;
      this.#failure ??= error;
      return 0;
    }
  }

  /** The run's result. @throws PartlyFailed with it where a part failed. */
  end<Result extends object>(result: Result): Result {
    if (this.#failure) throw new PartlyFailed(this.#failure, result);
    return result;
  }
}
