import type { Transaction } from "@/db/client";
import { countStoredEvents } from "@/db/queries/global/import-companies";
import { listImportZones } from "@/db/queries/global/import-zones";
import { EvenSample } from "@/lib/domain/import/even-sample";
import { ImportError } from "@/lib/domain/import/import-error";
import { readOriginalEvent } from "@/lib/domain/import/original-event";
import type { SourceRow } from "@/lib/domain/import/stored-value";
import { meaningOf, parseStoredTime } from "@/lib/domain/import/wall-clock";
import { isIanaZone, type IanaZone } from "@/lib/domain/zones";
import { fingerprintOf } from "../events/fingerprint";
import type { PlaceOfLog } from "./copy-logs";
import type { ImportRun } from "./import-run";
import type { LogSurvey, StoredLogTime } from "./survey-logs";

/** Logs compared for each zone. */
const COMPARED = 100;
/** Fewer logs that are here by another zone prove nothing. */
const FEWEST = 5;

/**
 * Compares some logs with what is stored: those that mean another instant by another zone would be stored a second time if
 * an earlier run brought them over by that one.
 *
 * @throws ImportError that names the zone of the earlier run.
 */
export async function assertSameZone(
  run: ImportRun,
  tx: Transaction,
  survey: LogSurvey,
  placeOf: PlaceOfLog,
): Promise<void> {
  const earlier = (await listImportZones(tx)).filter(isIanaZone);
  const others = [...new Set([...earlier, ...run.candidateZones])].filter((zone) => zone !== run.zone);
  for (const zone of others) {
    const telling = tellingLogs(survey.spread, run.zone, zone);
    if (telling.length < FEWEST) continue;
    const rows = await readLogs(run, telling);
    const [byThis, byOther] = [
      await countHere(run, tx, rows, run.zone, placeOf),
      await countHere(run, tx, rows, zone, placeOf),
    ];
    if (byOther < FEWEST || byThis * 10 > byOther) continue;
    throw new ImportError(
      `Logs of this database were imported with the time zone ${zone} before. Of ${rows.length} that were compared, ` +
        `${byOther} are here by that zone, and ${byThis} by ${run.zone}, with which they would be stored a second time. ` +
        `Nothing was written. Use --timezone ${zone}; if ${run.zone} is the right one, delete the wrong events first, as ` +
        "docs/moving-over.md says under “If the zone was wrong”.",
    );
  }
}

/** Those that mean one instant by each zone, and not the same. */
function tellingLogs(
  logs: readonly StoredLogTime[],
  zone: IanaZone,
  other: IanaZone,
): readonly StoredLogTime[] {
  const telling = new EvenSample<StoredLogTime>(COMPARED);
  for (const log of logs) {
    const [at, otherAt] = [instantOf(log.stored, zone), instantOf(log.stored, other)];
    if (at !== null && otherAt !== null && at !== otherAt) telling.offer(log);
  }
  return telling.items;
}

function instantOf(stored: string, zone: IanaZone): number | null {
  const time = parseStoredTime(stored);
  const meaning = time && meaningOf(time, zone);
  return meaning?.is === "exact" ? meaning.at : null;
}

async function readLogs(
  { database }: ImportRun,
  logs: readonly StoredLogTime[],
): Promise<{ row: SourceRow; stored: string }[]> {
  const rows: { row: SourceRow; stored: string }[] = [];
  for (const { id, stored } of logs) {
    const [row] = await database.page("api_logs", id - 1, 1);
    if (row) rows.push({ row, stored });
  }
  return rows;
}

async function countHere(
  run: ImportRun,
  tx: Transaction,
  logs: readonly { row: SourceRow; stored: string }[],
  zone: IanaZone,
  placeOf: PlaceOfLog,
): Promise<number> {
  const events = logs.flatMap(({ row, stored }) => {
    const place = placeOf(row);
    const read = readOriginalEvent(row, instantOf(stored, zone)!, run.now);
    if (!place || !read.ok) return [];
    const { event } = read;
    return [{ companyId: place.companyId, at: event.occurredAt, fingerprint: fingerprintOf(event) }];
  });
  return countStoredEvents(tx, events);
}
