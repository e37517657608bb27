import { sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { lookUp } from "../../look-up";

export interface ConnectionCount extends Record<string, unknown> {
  /** What our programs call themselves; "other" for everybody else. */
  use: string;
  state: string;
  count: number;
}

/** What the program's connections are for, behind its name; without any they are for pages. Others hold a lock. */
export const CONNECTION_USES = [
  "ingest",
  "look-up",
  "reports",
  "replica",
  "job",
  "backup",
  "restore",
  "import",
  "distribute",
];
const OWN_NAME = `^winauthmon( (${CONNECTION_USES.join("|")}))?$`;

/** Connections to this database by who uses them and whether they work. */
export async function countConnections(): Promise<ConnectionCount[]> {
  const rows = await database().execute<ConnectionCount>(sql`
    select case when application_name ~ ${OWN_NAME} then application_name
        when application_name like 'winauthmon%' then 'winauthmon lock' else 'other' end as use,
      case when state in ('active', 'idle') then state when state like 'idle in%' then 'in transaction'
        else 'other' end as state,
      count(*)::int as count
    from pg_stat_activity where datname = current_database() group by 1, 2`);
  return [...rows];
}

export interface DatabaseFacts extends Record<string, unknown> {
  version: string;
  bytes: string;
  /** Epoch milliseconds. */
  started_ms: string;
}

/** Version, size on disk and start of the database server. The size is that of all nodes of a Citus cluster which answer. */
export async function findDatabaseFacts(): Promise<DatabaseFacts> {
  const [row] = await database().execute<DatabaseFacts & { isOnCitus: boolean }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      extract(epoch from pg_postmaster_start_time()) * 1000 as started_ms,
      exists (select 1 from pg_extension where extname = 'citus') as "isOnCitus"`);
  const { isOnCitus, ...facts } = row!;
  if (!isOnCitus) return facts;
  const [nodes] = await database().execute<{ bytes: string | null }>(sql`
    select sum(result::bigint)::text as bytes
    from run_command_on_all_nodes('select pg_database_size(current_database())') where success`);
  return { ...facts, bytes: nodes?.bytes ?? facts.bytes };
}

/** How many migrations this database has been through. */
export async function countMigrations(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return row!.count;
}

/** One round trip to the database. @throws the driver's error in an outage, or one like it after 15 seconds. */
export async function pingDatabase(): Promise<void> {
  await lookUp(async (db) => db.execute(sql`select 1`));
}
