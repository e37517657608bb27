import { forgetDeletedPresence, type Seat } from "@/db/queries/retention/forget-presence";
import { writeWithin, type CompanyWriteScope } from "@/db/scope";
import { inBatches } from "./batch-pace";

const SEATS = { first: 500, least: 100, most: 5_000 };

/**
 * Once a company's events before the instant are deleted: "signed in now" follows only events that are left, as reports do.
 * No account counts as on by a logon that no report knows.
 */
export async function forgetPresence(
  scope: CompanyWriteScope,
  before: Date,
  signal: AbortSignal,
): Promise<void> {
  let after: Seat | null = null;
  await inBatches(signal, SEATS, async (limit) => {
    const seats = await writeWithin(scope, (tx) =>
      forgetDeletedPresence(tx, scope, { before, after, limit }),
    );
    after = seats.at(-1) ?? after;
    return seats.length;
  });
}
