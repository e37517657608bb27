import type { Transaction } from "@/db/client";
import { countStoredEvents, hasEvents } from "@/db/queries/global/import-companies";
import { listImportZones } from "@/db/queries/global/import-zones";
import { EvenSample } from "@/lib/domain/import/even-sample";
import { ImportError } from "@/lib/domain/import/import-error";
import { readOriginalEvent } from "@/lib/domain/import/original-event";
import { integerOf, textOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { meaningOf, parseStoredTime } from "@/lib/domain/import/wall-clock";
import { isIanaZone, type IanaZone } from "@/lib/domain/zones";
import { fingerprintOf } from "../events/fingerprint";
import type { PlaceOfLog } from "./copy-logs";
import { assertGoingOn, type ImportRun } from "./import-run";
import { MINIMUM_ID } from "./sources/original-schema";
import type { LogSurvey, StoredLogTime } from "./survey-logs";

/** Logs compared for each zone. */
const COMPARED = 100;
/** Fewer logs that are here by another zone prove nothing. */
const FEWEST = 5;
/** No more than a run stores at once, so that what one stored before it was stopped stands out. */
const ROWS_AT_ONCE = 1_000;

/** What a run is about to do with the logs. */
export interface LogPlan {
  survey: LogSurvey;
  placeOf: PlaceOfLog;
  /** Where logs may go. */
  companyIds: ReadonlySet<number>;
}

interface ComparedLog {
  row: SourceRow;
  stored: string;
}

/**
 * Compares some logs with what is stored: those that mean another instant by another zone would be stored a second time if
 * an earlier run brought them over by that one. It looks at logs from all over the source and, as a run that was stopped
 * holds only the lowest ids, at the first ones that are here.
 *
 * @throws ImportError that names the zone of the earlier run.
 */
export async function assertSameZone(run: ImportRun, tx: Transaction, plan: LogPlan): Promise<void> {
  const earlier = (await listImportZones(tx)).filter(isIanaZone);
  const others = [...new Set([...earlier, ...run.candidateZones])].filter((zone) => zone !== run.zone);
  for (const zone of others) {
    const telling = tellingLogs(plan.survey.spread, run.zone, zone);
    if (telling.length >= FEWEST) await judge(run, tx, plan, { zone, logs: await readLogs(run, telling) });
  }
  if (await hasEvents(tx, plan.companyIds)) await judgeFirstStored(run, tx, plan, new Set(others));
}

/** For each zone, judges the first logs in the order of ids that are here by it or by the run's. */
async function judgeFirstStored(
  run: ImportRun,
  tx: Transaction,
  plan: LogPlan,
  zones: Set<IanaZone>,
): Promise<void> {
  for (let afterId = MINIMUM_ID; zones.size > 0;) {
    assertGoingOn(run.signal);
    const page = await run.database.page("api_logs", afterId, ROWS_AT_ONCE);
    const logs = page.map((row) => ({ row, stored: textOf(row.timestamp) ?? "" }));
    for (const zone of zones) {
      const telling = logs.filter(({ stored }) => isTelling(stored, run.zone, zone));
      const isJudged = telling.length > 0 && (await judge(run, tx, plan, { zone, logs: telling }));
      if (isJudged) zones.delete(zone);
    }
    if (page.length < ROWS_AT_ONCE) return;
    afterId = integerOf(page.at(-1)!.id)!;
  }
}

/** Whether enough of the logs are here to tell by which zone. @throws ImportError if they are by the other one. */
async function judge(
  run: ImportRun,
  tx: Transaction,
  { placeOf }: LogPlan,
  { zone, logs }: { zone: IanaZone; logs: readonly ComparedLog[] },
): Promise<boolean> {
  const byThis = await countHere(run, tx, logs, run.zone, placeOf);
  const byOther = await countHere(run, tx, logs, zone, placeOf);
  if (byOther < FEWEST || byThis * 10 > byOther) return byThis + byOther >= FEWEST;
  throw new ImportError(
    `Logs of this database were imported with the time zone ${zone} before. Of ${logs.length} that were compared, ` +
      `${byOther} are here by that zone, and ${byThis} by ${run.zone}, with which they would be stored a second time. ` +
      `Nothing was written. Use --timezone ${zone}; if ${run.zone} is the right one, delete the wrong events first, as ` +
      "docs/moving-over.md says under “If the zone was wrong”.",
  );
}

/** Those that mean one instant by each zone, and not the same. */
function tellingLogs(
  logs: readonly StoredLogTime[],
  zone: IanaZone,
  other: IanaZone,
): readonly StoredLogTime[] {
  const telling = new EvenSample<StoredLogTime>(COMPARED);
  for (const log of logs) if (isTelling(log.stored, zone, other)) telling.offer(log);
  return telling.items;
}

function isTelling(stored: string, zone: IanaZone, other: IanaZone): boolean {
  const [at, otherAt] = [instantOf(stored, zone), instantOf(stored, other)];
  return at !== null && otherAt !== null && at !== otherAt;
}

function instantOf(stored: string, zone: IanaZone): number | null {
  const time = parseStoredTime(stored);
  const meaning = time && meaningOf(time, zone);
  return meaning?.is === "exact" ? meaning.at : null;
}

async function readLogs({ database }: ImportRun, logs: readonly StoredLogTime[]): Promise<ComparedLog[]> {
  const rows: ComparedLog[] = [];
  for (const { id, stored } of logs) {
    const [row] = await database.page("api_logs", id - 1, 1);
    if (row) rows.push({ row, stored });
  }
  return rows;
}

async function countHere(
  run: ImportRun,
  tx: Transaction,
  logs: readonly ComparedLog[],
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
