import { messageOf } from "@/lib/error-text";
import { PartlyFailed } from "../jobs/job";

/** Thrown once a look is done that failed for some companies; each failure is logged. */
export class CompaniesFailed extends Error {
  constructor(failures: readonly unknown[]) {
    const [first] = failures;
    // What the database says, not the text of the query.
    const why = messageOf(first instanceof Error && first.cause ? first.cause : first);
    super(`It failed for ${failures.length} of the companies: ${why}`, { cause: first });
  }
}

/** A job's run of several looks: one that fails for some companies doesn't keep the looks behind it waiting. */
export class Looks {
  #failure: CompaniesFailed | undefined;

  /** What the look gives; 0 where it failed for some companies. @throws whatever else it throws. */
  async count(look: Promise<number>): Promise<number> {
    try {
      return await look;
    } catch (error) {
      if (!(error instanceof CompaniesFailed)) throw error;
      this.#failure ??= error;
      return 0;
    }
  }

  /** The run's result. @throws PartlyFailed with it where a look failed. */
  end<Result extends object>(result: Result): Result {
    if (this.#failure) throw new PartlyFailed(this.#failure, result);
    return result;
  }
}
