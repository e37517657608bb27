import { listDeletedSilences, listOrphanedStates } from "@/db/queries/global/watch-fleet";
import { endState } from "../notifications/notify";
import { writeByCompany } from "./by-company";

/** Ends without a word what was told of agents whose computers are deleted, and of deleted sites; gives how many. */
export async function endOrphans(): Promise<number> {
  const orphans = [...(await listOrphanedStates()), ...(await listDeletedSilences())];
  await writeByCompany(orphans, async (tx, scope, rows) => {
    for (const { kind, subject } of rows) await endState(tx, scope, kind, [subject]);
  });
  return orphans.length;
}
