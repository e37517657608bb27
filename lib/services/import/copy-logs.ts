import { insertEvents, type NewEvent } from "@/db/queries/events/insert-events";
import { refreshNames, refreshPresence } from "@/db/queries/events/refresh-derived";
import { countStoredEvents } from "@/db/queries/global/import-companies";
import { database } from "@/db/client";
import { operatorScope, writeWithin } from "@/db/scope";
import { DigestSet } from "@/lib/domain/import/digest-set";
import type { TableTally } from "@/lib/domain/import/import-report";
import { readOriginalEvent } from "@/lib/domain/import/original-event";
import { integerOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { fingerprintOf } from "../events/fingerprint";
import { assertGoingOn, type ImportRun, type Place } from "./import-run";
import { OLDER_THAN_RETENTION, type RetentionLimits } from "./retention-limits";
import { MINIMUM_ID } from "./sources/original-schema";
import type { LogSurvey } from "./survey-logs";

/** Small enough that a live agent's event waits a fraction of a second behind one batch at most. */
export const LOGS_AT_ONCE = 4_000;

/** Tells where a log's event belongs; null when it has no company to go to. */
export type PlaceOfLog = (row: SourceRow) => Place | null;

/** Where logs go, and which of them are too old to go anywhere. */
interface LogRules {
  placeOf: PlaceOfLog;
  limits: RetentionLimits;
}

/**
 * Copies the logs in the order of ids, a transaction a batch, through the door that agents' events come in by: the
 * unique key decides what is there already, so a broken-off run is finished by running it again. What the next
 * retention would delete is left out.
 *
 * Afterwards presence and what is known of accounts and computers is derived once from all events.
 */
export async function copyLogs(
  run: ImportRun,
  survey: LogSurvey,
  { placeOf, limits }: LogRules,
  tally: TableTally,
): Promise<void> {
  const bar = run.progress.begin("Logs", survey.rows);
  const companies = new Set<number>();
  const seen = new Map<number, DigestSet>();
  let afterId = MINIMUM_ID;
  let next = run.database.page("api_logs", afterId, run.logsAtOnce);
  for (;;) {
    const page = await next;
    assertGoingOn(run.signal);
    const isLast = page.length < run.logsAtOnce;
    afterId = integerOf(page.at(-1)?.id) ?? afterId;
    if (!isLast) next = fetchAhead(run, afterId);
    tally.read += page.length;
    const events = page.flatMap((row) => eventOf(run, survey, { placeOf, limits }, tally, row) ?? []);
    for (const event of events) companies.add(event.scope.companyId);
    const written = run.isDryRun ? await countNew(events, seen) : await store(events);
    tally.written += written;
    tally.present += events.length - written;
    bar.advance(page.length);
    if (isLast) break;
  }
  bar.finish(`${tally.written.toLocaleString("en")} new, ${tally.present.toLocaleString("en")} already here`);
  if (!run.isDryRun) await derive(run, companies);
}

/** The next page is read while this one is stored; its error is met where it is awaited. */
function fetchAhead(run: ImportRun, afterId: number): Promise<SourceRow[]> {
  const next = run.database.page("api_logs", afterId, run.logsAtOnce);
  next.catch(() => undefined);
  return next;
}

function eventOf(
  run: ImportRun,
  survey: LogSurvey,
  { placeOf, limits }: LogRules,
  tally: TableTally,
  row: SourceRow,
): NewEvent | null {
  const label = `id ${String(row.id)}`;
  const place = placeOf(row);
  if (!place) {
    tally.skip("belongs to no company; specify one with --company", label);
    return null;
  }
  const at = survey.times.instantOf(row, tally);
  if (at === null) {
    tally.skip("its time can't be read", label);
    return null;
  }
  const before = limits.eventsBefore(place.companyId);
  if (before !== null && at < before) {
    tally.skip(OLDER_THAN_RETENTION, label);
    return null;
  }
  const read = readOriginalEvent(row, at, run.now);
  if (!read.ok) {
    tally.skip(read.reason, label);
    return null;
  }
  if (read.isTidied) tally.note("shortened a name or removed its control characters", label);
  const { event } = read;
  const scope = operatorScope(place.companyId);
  // The original kept no time of receipt.
  return {
    scope,
    siteId: place.siteId,
    event,
    fingerprint: fingerprintOf(event),
    receivedAt: event.occurredAt,
  };
}

async function store(events: readonly NewEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  return (await insertEvents(events)).filter((stored) => stored !== null).length;
}

/** What would be written: what is neither stored nor was in an earlier row of the source. */
async function countNew(events: readonly NewEvent[], seen: Map<number, DigestSet>): Promise<number> {
  const fresh = events.filter(({ scope: { companyId }, fingerprint }) => {
    const ofCompany = seen.get(companyId) ?? new DigestSet();
    seen.set(companyId, ofCompany);
    return ofCompany.add(fingerprint);
  });
  const stored = await countStoredEvents(
    database(),
    fresh.map(({ scope, event, fingerprint }) => ({
      companyId: scope.companyId,
      at: event.occurredAt,
      fingerprint,
    })),
  );
  return fresh.length - stored;
}

async function derive(run: ImportRun, companyIds: ReadonlySet<number>): Promise<void> {
  const bar = run.progress.begin("Accounts, computers, presence", companyIds.size);
  for (const companyId of companyIds) {
    assertGoingOn(run.signal);
    const scope = operatorScope(companyId);
    await writeWithin(scope, async (tx) => {
      await refreshNames(tx, scope);
      await refreshPresence(tx, scope);
    });
    bar.advance(1);
  }
  bar.finish(`${companyIds.size} companies`);
}
