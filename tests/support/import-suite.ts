import { sql, type SQL } from "drizzle-orm";
import { database } from "@/db/client";
import { localIpSql, publicIpSql } from "@/db/queries/events/address-sql";
import { eventTypeSql } from "@/db/queries/kind-sql";
import { forgetNameIds } from "@/db/queries/events/names";
import { ImportError } from "@/lib/domain/import/import-error";
import { refreshEnv } from "@/lib/env";
import { seedInstallation } from "@/lib/services/install/seed-installation";
import { openOriginal, runImport, type ImportReport } from "@/lib/services/import/run-import";
import { forgetSettings } from "@/lib/services/settings/read-settings";
import { setSettings } from "./aged-records";

const quiet = { begin: () => ({ advance: () => undefined, finish: () => undefined }) };

/**
 * Makes the suite's own database a fresh installation, and this process know nothing of an earlier one. It keeps
 * errors for ever, as those of the originals are of long ago.
 */
export async function startAfresh(): Promise<void> {
  process.env.BCRYPT_COST = "4";
  refreshEnv();
  forgetNameIds();
  forgetSettings();
  await seedInstallation();
  await setSettings({ errorRetentionDays: null });
}

export async function importFrom(
  source: string,
  options: { timeZone?: string; company?: string; isDryRun?: boolean; signal?: AbortSignal } = {},
): Promise<ImportReport> {
  const original = await openOriginal(source, process.cwd());
  const request = { isDryRun: false, signal: new AbortController().signal, ...options };
  return runImport(original, request, quiet).finally(() => original.database.source.close());
}

/** Runs an import that stores so many logs at once, and stops it as Ctrl-C does after the first of these batches. */
export async function stopAfterFirstBatch(
  source: string,
  options: { timeZone: string; company: string; logsAtOnce: number },
): Promise<void> {
  const original = await openOriginal(source, process.cwd());
  const stop = new AbortController();
  const progress = {
    begin: (label: string) => ({
      advance: () => {
        if (label === "Logs") stop.abort();
      },
      finish: () => undefined,
    }),
  };
  const request = { isDryRun: false, signal: stop.signal, ...options };
  const run = runImport(original, request, progress).finally(() => original.database.source.close());
  await run.then(
    () => {
      throw new Error("The import was not stopped.");
    },
    (error: unknown) => {
      if (!(error instanceof ImportError)) throw error;
    },
  );
}

/** Counts of a report by table. */
export function countsOf(report: ImportReport) {
  return Object.fromEntries(
    report.tables.map(({ table, read, written, changed, present, skipped }) => [
      table,
      { read, written, changed, present, skipped: skipped.reduce((sum, { count }) => sum + count, 0) },
    ]),
  );
}

/** All that a report says of rows, skipped ones included, with their names. */
export function remarksOf({ tables }: ImportReport): string[] {
  return tables.flatMap(({ table, skipped, notes }) =>
    [...skipped, ...notes].map(({ text, examples }) => `${table}: ${text}: ${examples.join(", ")}`),
  );
}

/** A digest of every row of every table an import may touch, times of the run itself left out. */
export async function everythingStored(): Promise<Record<string, string>> {
  const tables = [
    "app_auth_companies",
    "sites",
    "app_auth_api_keys",
    "app_auth_users",
    "app_auth_user_companies",
    "app_auth_allowed_domains",
    "app_auth_settings",
    "accounts",
    "computers",
    "events",
    "event_counts",
    "presence",
    "api_error_logs",
    "audit_log",
  ];
  const digests: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await database().execute<{ digest: string }>(
      sql`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${sql.identifier(table)} t`,
    );
    digests[table] = row!.digest;
  }
  return digests;
}

export interface StoredLog extends Record<string, unknown> {
  company: string;
  site: string;
  event_type: string;
  user_name: string;
  computer_name: string;
  local_ip: string | null;
  public_ip: string | null;
  retry: number;
  at: string;
}

/** Every stored event of all companies in the order of their ids. */
export async function storedLogs(): Promise<StoredLog[]> {
  return [
    ...(await database().execute<StoredLog>(sql`
      select co.name as company, s.name as site, ${eventTypeSql} as event_type, a.name as user_name, c.name as computer_name,
        ${localIpSql} as local_ip, ${publicIpSql} as public_ip, coalesce(e.retry, 0) as retry, extract(epoch from e.occurred_at) * 1000 as at
      from events e
        join accounts a on a.company_id = e.company_id and a.id = e.account_id
        join computers c on c.company_id = e.company_id and c.id = e.computer_id
        join app_auth_companies co on co.id = e.company_id
        join sites s on s.company_id = e.company_id and s.id = e.site_id
      order by e.id`)),
  ];
}

/** All that is derived from the events of all companies, by names, without the ids that another run gives. */
export async function derivedStored(): Promise<Record<string, unknown[]>> {
  const named = sql`join app_auth_companies co on co.id = t.company_id left join sites s on s.company_id = t.company_id and s.id = t.site_id`;
  const rowsOf = async (select: SQL) => [...(await database().execute<Record<string, unknown>>(select))];
  return {
    accounts: await rowsOf(sql`
      select co.name as company, t.name, first_seen_at, last_seen_at from accounts t
      join app_auth_companies co on co.id = t.company_id order by 1, 2`),
    computers: await rowsOf(sql`
      select co.name as company, t.name, s.name as site, first_seen_at, last_seen_at, last_health_at, last_local_ip, local_ip_at,
        last_public_ip, public_ip_at, agent_version, agent_version_at from computers t ${named} order by 1, 2`),
    presence: await rowsOf(sql`
      select co.name as company, c.name as computer, coalesce(a.name, t.account_id::text) as account, s.name as site, kind, at,
        first_at, start_at, end_at, pause_at
      from presence t ${named} join computers c on c.company_id = t.company_id and c.id = t.computer_id
        left join accounts a on a.company_id = t.company_id and a.id = t.account_id order by 1, 2, 3`),
    counts: await rowsOf(sql`
      select co.name as company, s.name as site, kind, bucket_at, count from event_counts t ${named} order by 1, 2, 3, 4`),
    alerts: await rowsOf(sql`
      select co.name as company, rule, a.name as account, c.name as computer, first_at, last_at, count from alerts t ${named}
        left join accounts a on a.company_id = t.company_id and a.id = t.account_id
        left join computers c on c.company_id = t.company_id and c.id = t.computer_id order by 1, 2, 5, 3, 4`),
    habits: await rowsOf(sql`
      select co.name as company, a.name, memory -> 'last' as last, memory -> 'habits' -> 'first' as first,
        memory -> 'habits' -> 'logons' as logons
      from detection_states t join app_auth_companies co on co.id = t.company_id
        join accounts a on a.company_id = t.company_id and t.subject_key = 'account:' || a.id
      where t.rule = 'habits' order by 1, 2`),
    logs: (await storedLogs()).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
}
