import { listWaitingRules } from "@/db/queries/global/detection-clock";
import { findJobRow } from "@/db/queries/global/jobs";
import { endOtherNotifications } from "@/db/queries/notifications/insert-notifications";
import { portalScope, writeWithin } from "@/db/scope";
import {
  findStill,
  longestStand,
  noteStands,
  standName,
  standsSchema,
  type Stands,
} from "@/lib/domain/detections/standstill";
import { notifyAll } from "../notifications/notify";

const KIND = "rules.stalled";
/** The job that looks after rules, and keeps where they stood. */
export const WATCH_PORTAL = "watch-portal";

/**
 * Tells of rules that have not moved for half an hour although events wait, of all companies or of single ones; ends what
 * was told of others. Gives how many, and where rules stand, which the next look needs.
 */
export async function tellStandstill(
  now: number,
): Promise<{ stalledRules: number; kept: { rules: Stands } }> {
  const waiting = await listWaitingRules();
  const rules = noteStands(await lastStands(), waiting, now);
  const still = findStill(rules, waiting);
  const scope = portalScope();
  await writeWithin(scope, async (tx) => {
    await endOtherNotifications(
      tx,
      scope,
      KIND,
      still.map(({ companyId }) => standName(companyId)),
    );
    const told = still.map(({ companyId, company, since }) => ({
      params: { companyId, company, since: new Date(since).toISOString() },
    }));
    await notifyAll(tx, scope, KIND, told);
  });
  return { stalledRules: still.length, kept: { rules } };
}

/** How long the rules have not moved that have stood for longest although events wait, in seconds; 0 if none wait. */
export async function readStandstill(now: number): Promise<number> {
  const waiting = await listWaitingRules();
  return longestStand(noteStands(await lastStands(), waiting, now));
}

/** Where rules stood at the last look; null before the first. */
async function lastStands(): Promise<Stands | null> {
  const result = (await findJobRow(WATCH_PORTAL))?.lastResult as { kept?: { rules?: unknown } } | null;
  return standsSchema.safeParse(result?.kept?.rules).data ?? null;
}
