import { database, type Transaction } from "@/db/client";
import { lockImports } from "@/db/queries/global/import-companies";
import { rehearse } from "@/db/rehearse";
import { TableTally } from "@/lib/domain/import/import-report";
import { integerOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { assertSameZone } from "./assert-same-zone";
import type { PlaceOfLog } from "./copy-logs";
import { FormerRuns } from "./former-runs";
import type { ImportRun, Place, StructureWork } from "./import-run";
import { findKnownKeys, placeCompanies } from "./place-companies";
import { placeKeyless } from "./place-keyless";
import { placeKeys, placeLogsWithoutKey, SiteWork } from "./place-keys";
import { placeDomains, placeSettings } from "./place-settings";
import { placeMemberships } from "./place-memberships";
import { placeUsers } from "./place-users";
import type { CompanyOfLog, LogSurvey } from "./survey-logs";

export interface Structure {
  placeOf: PlaceOfLog;
  /** New ids of users by old ones. */
  users: ReadonlyMap<number, number>;
  tallies: TableTally[];
}

/**
 * Brings over what hangs together (companies, keys with their sites, users, memberships, settings, domains) in one
 * transaction: all of it or nothing. A dry run does the same and undoes it.
 *
 * @throws ImportError as assertSameZone and placeKeyless do; nothing is written then.
 */
export function importStructure(
  run: ImportRun,
  keys: readonly SourceRow[],
  survey: LogSurvey,
  companyOfLog: CompanyOfLog,
): Promise<Structure> {
  const work = (tx: Transaction) => place(run, tx, keys, survey, companyOfLog);
  return run.isDryRun ? rehearse(work) : database().transaction(work);
}

async function place(
  run: ImportRun,
  tx: Transaction,
  keys: readonly SourceRow[],
  survey: LogSurvey,
  companyOfLog: CompanyOfLog,
): Promise<Structure> {
  await lockImports(tx);
  const former = await FormerRuns.read(tx, keys, await run.database.all("app_auth_users"));
  const tallies: TableTally[] = [];
  const about = (table: string): StructureWork => {
    const tally = new TableTally(table);
    tallies.push(tally);
    return { run, tx, tally, former };
  };
  const companyWork = about("companies");
  const known = await findKnownKeys(companyWork, keys);
  const companies = await placeCompanies(companyWork, keys, known);
  const keylessKeys = keys.filter((key) => companyOfLog({ company_id: key.company_id }) === null);
  const needsKeyless = run.keylessCompanyName !== undefined && keylessKeys.length + survey.keylessRows > 0;
  const keyless = needsKeyless ? await placeKeyless(companyWork, companies, keylessKeys, known) : null;
  const companyIdOf = (old: number | null) => (old === null ? keyless : (companies.get(old) ?? null));

  const companyOfKey = (key: SourceRow) => companyIdOf(companyOfLog({ company_id: key.company_id }));
  const keyWork = about("API keys");
  const sites = new SiteWork(about("sites"));
  const places = await placeKeys(keyWork, sites, keys, companyOfKey, known);
  const withoutKey = await placeLogsWithoutKey(sites, companiesWithoutKey(survey, companyIdOf, places));

  const users = await placeUsers(about("users"));
  await placeMemberships(about("memberships"), users, companies);
  await placeSettings(about("settings"));
  await placeDomains(about("allowed domains"));

  const placeOf: PlaceOfLog = (row) => {
    const companyId = companyIdOf(companyOfLog(row));
    const ofKey = places.get(integerOf(row.api_key_id) ?? 0);
    if (ofKey && (companyId === null || ofKey.companyId === companyId)) return ofKey;
    return companyId === null ? null : (withoutKey.get(companyId) ?? null);
  };
  const companyIds = new Set([...companies.values(), ...(keyless === null ? [] : [keyless])]);
  await assertSameZone(run, tx, { survey, placeOf, companyIds });
  // Before the first log, as a run that is killed writes no audit row.
  former.remember("zone", run.zone, null);
  await former.save(tx);
  return { placeOf, users, tallies };
}

/** The companies with logs that have no key there. */
function companiesWithoutKey(
  { keysOfLogs }: LogSurvey,
  companyIdOf: (old: number | null) => number | null,
  places: ReadonlyMap<number, Place>,
): Set<number> {
  const wanting = [...keysOfLogs].flatMap(([old, keyIds]) => {
    const companyId = companyIdOf(old);
    const isKeyElsewhere = (id: number | null) => places.get(id ?? 0)?.companyId !== companyId;
    return companyId !== null && [...keyIds].some(isKeyElsewhere) ? [companyId] : [];
  });
  return new Set(wanting);
}
