import { refreshNames } from "@/db/queries/events/refresh-derived";
import {
  listCompaniesHeard,
  readLastSeenProgress,
  saveLastSeenProgress,
} from "@/db/queries/global/last-seen-progress";
import { operatorScope, writeWithin } from "@/db/scope";

/** Longer than an event may take from its time of receipt to its commit. */
const MARGIN_MILLISECONDS = 120_000;

/**
 * Makes good what a killed server has not written: when accounts and computers were seen, and computers' sites, addresses
 * and agent versions, from the events received since this was last done. Servers do it at their start and every five
 * minutes, so there is little to look at; done twice, or by two servers, it changes nothing.
 */
export async function deriveLastSeen(): Promise<void> {
  const { until, now } = await readLastSeenProgress();
  // A clock that was ahead may have left a moment that is yet to come.
  const from = until !== null && until < now ? until : now;
  const since = new Date(from.getTime() - MARGIN_MILLISECONDS);
  for (const companyId of await listCompaniesHeard(since)) {
    const scope = operatorScope(companyId);
    await writeWithin(scope, (tx) => refreshNames(tx, scope, since));
  }
  await saveLastSeenProgress(now);
}
