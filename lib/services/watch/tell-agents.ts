import {
  listLostEvents,
  listWrongClocks,
  noteToldLost,
  type LostEvents,
} from "@/db/queries/global/watch-fleet";
import { CLOCK_TOLERANCE_MILLISECONDS } from "@/lib/domain/fleet/computer-health";
import { endState, notifyAll } from "../notifications/notify";
import { siteOf, writeByCompany } from "./by-company";

/** A told clock is right again only when it is well within what is tolerated, so that one at the edge is told once. */
const SETTLED_MILLISECONDS = CLOCK_TOLERANCE_MILLISECONDS - 60_000;
/** An agent that keeps losing events is reported once a day; a day without a loss ends what was reported. */
const TELL_AGAIN_MILLISECONDS = 24 * 3_600_000;

/** Tells of agents that gave up events since the last word about them; gives how many. One that loses no more ends without a word. */
export async function tellLostEvents(now: number): Promise<number> {
  const calmBefore = now - TELL_AGAIN_MILLISECONDS;
  const found = await listLostEvents(new Date(calmBefore));
  const changed = found.filter((row) => row.total !== (row.toldTotal ?? 0) && isWorthAWord(row, calmBefore));
  const calm = found.filter((row) => row.total === (row.toldTotal ?? 0));
  await writeByCompany([...changed, ...calm], async (tx, scope, rows) => {
    const subjects = rows.map(({ id }) => `computer:${id}`);
    await endState(tx, scope, "agent.lost-events", subjects);
    const told = rows
      .filter(({ total, toldTotal }) => total > 0 && total !== toldTotal)
      .map(({ id, name, total, toldTotal, ...row }) => {
        // A lower count than before is a new installation's.
        const lost = toldTotal !== null && toldTotal < total ? total - toldTotal : total;
        return { params: { computer: { id, name }, ...siteOf(row), lost, total } };
      });
    await notifyAll(tx, scope, "agent.lost-events", told);
    await noteToldLost(tx, scope, rows);
  });
  return changed.length;
}

function isWorthAWord({ total, toldTotal, toldAt }: LostEvents, calmBefore: number): boolean {
  return toldTotal === null || total < toldTotal || toldAt === null || toldAt <= calmBefore;
}

/** Tells of computers whose clock went wrong; one that is right again ends without a word. Gives how many changed. */
export async function tellClocks(now: number): Promise<number> {
  const changed = await listWrongClocks(new Date(now), CLOCK_TOLERANCE_MILLISECONDS, SETTLED_MILLISECONDS);
  await writeByCompany(changed, async (tx, scope, rows) => {
    const right = rows.filter(({ isTold }) => isTold).map(({ id }) => `computer:${id}`);
    await endState(tx, scope, "agent.clock-wrong", right);
    const told = rows
      .filter(({ isTold }) => !isTold)
      .map(({ id, name, aheadMs, ...row }) => ({
        params: { computer: { id, name }, ...siteOf(row), aheadSeconds: Math.round(aheadMs / 1000) },
      }));
    await notifyAll(tx, scope, "agent.clock-wrong", told);
  });
  return changed.length;
}
