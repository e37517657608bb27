import { countEvents } from "@/db/queries/events/count-events";
import type { Effort } from "@/db/queries/events/effort";
import { limitStatementTime } from "@/db/queries/statement-time";
import { readWithin, type CompanyScope } from "@/db/scope";
import { resolveRange } from "@/lib/domain/events/event-range";
import type { EventFilters } from "@/lib/domain/events/filters";
import type { IanaZone } from "@/lib/domain/zones";
import { isStatementTimeout } from "@/lib/errors";
import { resolveMatch } from "./resolve-match";

export interface CappedCount {
  total: number;
  /** There are more than `total`. */
  isCapped: boolean;
}

const CAP = 10_000;
const TIME_LIMIT_MILLISECONDS = 3_000;

/** How many events the filters find, counted no further than 10,000; null when even that takes too long. */
export async function countMatchingEvents(
  scope: CompanyScope,
  filters: EventFilters,
  zone: IanaZone,
  now: number = Date.now(),
  { effort, signal }: { effort?: Effort; signal?: AbortSignal | undefined } = {},
): Promise<CappedCount | null> {
  const range = resolveRange(filters.range, now, zone);
  try {
    return await readWithin(
      scope,
      async (tx) => {
        await limitStatementTime(tx, TIME_LIMIT_MILLISECONDS);
        const count = await countEvents(tx, await resolveMatch(tx, scope, filters, range, effort), CAP + 1);
        return { total: Math.min(count, CAP), isCapped: count > CAP };
      },
      signal,
    );
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}
