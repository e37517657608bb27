import { inArray } from "drizzle-orm";
import type { ClockSightings } from "@/lib/domain/operations/believe-clock";
import { database } from "../../client";
import { derivationProgress } from "../../schema/settings";

const NAMES = { last: "retention: clock", doubted: "retention: doubted clock" } as const;

/** What retention has noted of the clock, in epoch milliseconds. */
export async function readClockSightings(): Promise<ClockSightings> {
  const rows = await database()
    .select()
    .from(derivationProgress)
    .where(inArray(derivationProgress.name, Object.values(NAMES)));
  const at = (name: string) => rows.find((row) => row.name === name)?.until.getTime() ?? null;
  return { last: at(NAMES.last), doubted: at(NAMES.doubted) };
}

/** Replaces what is noted; what is null is forgotten. */
export async function saveClockSightings(sightings: ClockSightings): Promise<void> {
  const rows = (["last", "doubted"] as const).flatMap((which) => {
    const at = sightings[which];
    return at === null ? [] : [{ name: NAMES[which], until: new Date(at) }];
  });
  await database().transaction(async (tx) => {
    await tx.delete(derivationProgress).where(inArray(derivationProgress.name, Object.values(NAMES)));
    if (rows.length > 0) await tx.insert(derivationProgress).values(rows);
  });
}
