import { database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { ImportError } from "@/lib/domain/import/import-error";
import { TableTally, type TableReport } from "@/lib/domain/import/import-report";
import { messageOf } from "@/lib/error-text";
import { operatorActor } from "../audit/actor";
import { forgetSettings } from "../settings/read-settings";
import { chooseZone, timeSamples, type ChosenZone, type TimeSample } from "./choose-zone";
import { copyErrors } from "./copy-errors";
import { copyLogs, LOGS_AT_ONCE } from "./copy-logs";
import type { ImportProgress, ImportRun } from "./import-run";
import { readRetentionLimits } from "./retention-limits";
import { importStructure } from "./import-structure";
import { locateSource, openSource } from "./sources/open-source";
import { readOriginalSchema, type OriginalDatabase } from "./sources/original-schema";
import { companyOfLogs, surveyLogs, type LogSurvey } from "./survey-logs";

/** A database of the original, found and open. */
export interface OpenOriginal {
  database: OriginalDatabase;
  /** TIMEZONE of the config.ini, null where it has none; undefined when the source was an address. */
  configuredZone: string | null | undefined;
}

/**
 * Opens the source: an SQLAlchemy URL or the path of the original's config.ini, relative to `folder`.
 *
 * @throws ImportError for an address, a server or a database that is not what it should be.
 */
export async function openOriginal(source: string, folder: string): Promise<OpenOriginal> {
  const { address, configuredZone } = await locateSource(source, folder);
  const opened = await openSource(address);
  try {
    return { database: await readOriginalSchema(opened), configuredZone };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export interface ImportRequest {
  /** The zone of the source's wall clocks, when the operator knows it. */
  timeZone?: string;
  /** The company for keys and logs that belong to none. */
  company?: string;
  isDryRun: boolean;
  /** How many logs are stored in one transaction; LOGS_AT_ONCE when absent. */
  logsAtOnce?: number;
  signal: AbortSignal;
}

export interface ImportReport {
  /** Without the password. */
  source: string;
  isDryRun: boolean;
  zone: ChosenZone;
  samples: TimeSample[];
  tables: TableReport[];
  /** What must be done or known before or after; empty when all is well. */
  problems: string[];
}

/**
 * Brings a database of the original server over. Nothing of the source is changed, and what is here already stays:
 * running it again adds what is missing. One audit row tells what a run wrote.
 *
 * @throws ImportError for what is wrong with the source; then nothing was written, or the same command goes on.
 */
export async function runImport(
  { database: original, configuredZone }: OpenOriginal,
  request: ImportRequest,
  progress: ImportProgress,
): Promise<ImportReport> {
  const { source } = original;
  const zone = await chooseZone(source, request.timeZone, configuredZone);
  const run: ImportRun = {
    database: original,
    zone: zone.name,
    candidateZones: zone.candidates,
    portalZone: zone.portalZone,
    keylessCompanyName: request.company?.trim() || undefined,
    isDryRun: request.isDryRun,
    logsAtOnce: request.logsAtOnce ?? LOGS_AT_ONCE,
    now: Date.now(),
    progress,
    signal: request.signal,
  };
  const { survey, tables, problems } = await bringOver(run);
  const changed = await source.changedWhileRead();
  if (changed) problems.push(changed);
  const samples = timeSamples(survey.samples, zone);
  return { source: source.label, isDryRun: run.isDryRun, zone, samples, tables, problems };
}

interface Outcome {
  survey: LogSurvey;
  tables: TableReport[];
  problems: string[];
}

async function bringOver(run: ImportRun): Promise<Outcome> {
  const { all, source } = run.database;
  const [companies, keys] = [await all("app_auth_companies"), await all("app_auth_api_keys")];
  const companyOf = companyOfLogs(companies, keys);
  const survey = await surveyLogs(run, companyOf);
  const keylessKeys = keys.filter((key) => companyOf({ company_id: key.company_id }) === null).length;
  const problems = keylessProblems(run, survey.keylessRows, keylessKeys);
  if (problems.length > 0 && !run.isDryRun) throw new ImportError(problems.join("\n"));
  const [errors, logs] = [new TableTally("stored errors"), new TableTally("logs")];
  const tallies: TableTally[] = [];
  const tables = () => tallies.map((tally) => tally.report());
  try {
    const structure = await importStructure(run, keys, survey, companyOf);
    forgetSettings();
    tallies.push(...structure.tallies, errors, logs);
    const limits = await readRetentionLimits(run.now);
    await copyErrors(run, structure.users, limits, errors);
    await copyLogs(run, survey, { placeOf: structure.placeOf, limits }, logs);
  } catch (error) {
    await audit(run, source.label, tables(), error);
    throw error;
  }
  await audit(run, source.label, tables());
  return { survey, tables: tables(), problems };
}

function keylessProblems({ keylessCompanyName }: ImportRun, logs: number, keys: number): string[] {
  if (keylessCompanyName !== undefined || logs + keys === 0) return [];
  return [
    `${logs.toLocaleString("en")} logs and ${keys} API keys belong to no company in the original. Specify a company for them with ` +
      `--company "<name>": a company of the original, an existing one here, or a new one.`,
  ];
}

/** One row a run that wrote anything, whether it came to its end or not. */
async function audit(run: ImportRun, label: string, tables: TableReport[], error?: unknown): Promise<void> {
  const counts = tables.map(({ table, read, written, present, changed, skipped }) => ({
    table,
    read,
    written,
    present,
    changed,
    skipped: skipped.reduce((sum, { count }) => sum + count, 0),
  }));
  if (run.isDryRun || !counts.some(({ written, changed }) => written + changed > 0)) return;
  await insertAuditRow(database(), {
    ...operatorActor("command line"),
    companyId: null,
    action: "data.import",
    outcome: error === undefined ? "success" : "failure",
    targetType: "import",
    targetName: label,
    after: { zone: run.zone, tables: counts, ...(error !== undefined && { error: messageOf(error) }) },
  });
}
