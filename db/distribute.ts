import { connect, connectionPool, type RawSql } from "./client";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";

/**
 * Tables whose rows are on the node of their company, parents first: what agents send, and what is joined with it.
 * All the others are on the coordinator.
 */
export const DISTRIBUTED_TABLES = [
  "tenants",
  "accounts",
  "computers",
  "events",
  "event_counts",
  "presence",
  "time_spent_months",
  "time_spent_late",
  "time_spent_progress",
  "account_tags",
  "computer_tags",
  "tag_patterns",
  "calendar_exemptions",
] as const;

/** Tables that every node has whole, parents first. */
export const REFERENCE_TABLES = ["app_auth_companies", "sites"] as const;

const USUAL_SHARD_COUNT = 32;

/** Whether the database is on the coordinator of a Citus cluster. */
export async function isOnCitus(sql: RawSql): Promise<boolean> {
  const [found] = await sql`select from pg_extension where extname = 'citus'`;
  return found !== undefined;
}

/** Whether the tables are distributed already. */
export async function isDistributed(sql: RawSql): Promise<boolean> {
  if (!(await isOnCitus(sql))) return false;
  const [found] = await sql`select from pg_dist_partition where logicalrelid = 'events'::regclass`;
  return found !== undefined;
}

const known = new WeakMap<RawSql, Promise<boolean>>();

/** The same for the program's own database, asked once: servers are stopped while it is distributed. */
export function isDatabaseDistributed(): Promise<boolean> {
  const sql = connectionPool();
  const found = known.get(sql) ?? isDistributed(sql);
  known.set(sql, found);
  found.catch(() => known.delete(sql));
  return found;
}

/** Whether what the scope sees may be on several nodes. */
export async function isSpread(scope: { companyIds: readonly number[] }): Promise<boolean> {
  return scope.companyIds.length !== 1 && (await isDatabaseDistributed());
}

/** What came of asking for distribution. */
export type Distribution = "done" | "without Citus" | "already done";

/**
 * Distributes the tables of a database on a Citus coordinator by company; what they hold moves along.
 *
 * Every table is locked until all have moved. @throws the driver's error; nothing has changed then, as all of it is one
 * transaction. What was left behind on the coordinator is removed afterwards, by the next call if this one is interrupted.
 */
export async function distribute(databaseUrl: string): Promise<Distribution> {
  const sql = connect(databaseUrl, { max: 1, idle_timeout: 0, max_lifetime: null });
  try {
    return await distributeBy(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The same by a connection that has the set-up lock, so that no program starts meanwhile and remembers what was before. */
export async function distributeBy(sql: RawSql): Promise<Distribution> {
  if (!(await isOnCitus(sql))) return "without Citus";
  const isDone = await isDistributed(sql);
  if (!isDone) await moveTables(sql);
  await removeLeftBehind(sql);
  return isDone ? "already done" : "done";
}

/** The first part of {@link distribute}: afterwards the nodes have everything, and the coordinator an unused copy. */
export async function moveTables(sql: RawSql): Promise<void> {
  await sql.begin(async (tx) => {
    // One connection for each worker: a table and the ones that refer to it are changed in the same transaction.
    await tx.unsafe("set local citus.multi_shard_modify_mode = 'sequential'");
    for (const statement of await statements(tx as unknown as RawSql)) await tx.unsafe(statement);
  });
}

async function removeLeftBehind(sql: RawSql): Promise<void> {
  for (const table of [...REFERENCE_TABLES, ...DISTRIBUTED_TABLES].toReversed()) {
    const [left] = await sql`select where pg_relation_size(${table}::regclass) > 0`;
    if (left) await sql`select truncate_local_data_after_distributing_table(${table}::regclass)`;
  }
}

/**
 * The same where CITUS_SHARD_COUNT asks for it and the database holds no events yet: moving them takes long and blocks
 * writes. The log says why nothing came of it.
 */
export async function distributeEmpty(databaseUrl: string): Promise<void> {
  if (env().CITUS_SHARD_COUNT === 0) return;
  const sql = connect(databaseUrl, { max: 1 });
  try {
    const [found] = await sql`select 1 as found from events limit 1`;
    if (found) {
      if (!(await isDistributed(sql))) warn(WITH_EVENTS);
      return;
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  if ((await distribute(databaseUrl)) === "without Citus") warn(WITHOUT_CITUS);
}

const WITHOUT_CITUS = "the database has no extension citus, so its tables stay on one server (docs/citus.md)";
const WITH_EVENTS =
  "the database holds events already; to distribute it, stop the servers and run `npm run admin -- distribute`";

function warn(why: string): void {
  logger.warn({ component: "citus" }, `CITUS_SHARD_COUNT has no effect: ${why}`);
}

async function statements(sql: RawSql): Promise<string[]> {
  const [database] = await sql<{ name: string }[]>`select quote_ident(current_database()) as name`;
  const [first, ...others] = DISTRIBUTED_TABLES;
  const referring = await foreignKeys(sql);
  return [
    // Workers are asked as the role that asks, so that row-level security holds there as well.
    "alter role winauthmon_app login",
    "alter role winauthmon_system login",
    `alter database ${database!.name} set citus.propagate_set_commands = 'local'`,
    ...(await unsupportedTriggers(sql)),
    ...referring.map(({ table, name }) => `alter table ${table} drop constraint ${name}`),
    ...(await policies(sql)),
    ...REFERENCE_TABLES.map((table) => `select create_reference_table('${table}')`),
    `select create_distributed_table('${first}', 'company_id', shard_count => ${env().CITUS_SHARD_COUNT || USUAL_SHARD_COUNT})`,
    ...others.map(
      (table) => `select create_distributed_table('${table}', 'company_id', colocate_with => '${first}')`,
    ),
    ...referring
      .filter(({ table, parent }) => isShared(table) && isShared(parent))
      .map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
    "alter table events add constraint events_site_fk foreign key (company_id, site_id) references sites (company_id, id)",
    ...["account", "computer"].map(
      (parent) =>
        `alter table events add constraint events_${parent}_fk foreign key (company_id, ${parent}_id) references ${parent}s (company_id, id)`,
    ),
  ];
}

const isShared = (table: string) =>
  [...REFERENCE_TABLES, ...DISTRIBUTED_TABLES].some((name) => name === table);

/**
 * Policies ask for the companies without a sub-select, which no worker can be sent. Those of the coordinator's own tables
 * as well: they are joined with distributed ones.
 */
async function policies(sql: RawSql): Promise<string[]> {
  const found = await sql<{ table: string; name: string; using: string | null; check: string | null }[]>`
    select polrelid::regclass::text as table, quote_ident(polname) as name,
      pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as check
    from pg_policy where polrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace)`;
  const subselect = /\(\s*SELECT current_company_ids\(\) AS current_company_ids\)/g;
  return found.flatMap(({ table, name, ...rules }) => {
    const plain = (rule: string | null) => rule?.replaceAll(subselect, "current_company_ids()");
    const [using, check] = [plain(rules.using), plain(rules.check)];
    if (using === (rules.using ?? undefined) && check === (rules.check ?? undefined)) return [];
    return [
      `alter policy ${name} on ${table}${using ? ` using (${using})` : ""}${check ? ` with check (${check})` : ""}`,
    ];
  });
}

/** Triggers that look at a statement's rows are refused on distributed tables; foreign keys take their place. */
async function unsupportedTriggers(sql: RawSql): Promise<string[]> {
  const found = await sql<{ table: string; name: string }[]>`
    select tgrelid::regclass::text as table, quote_ident(tgname) as name from pg_trigger
    where not tgisinternal and tgrelid::regclass::text = any(${[...REFERENCE_TABLES, ...DISTRIBUTED_TABLES]})`;
  return found.map(({ table, name }) => `drop trigger ${name} on ${table}`);
}

/**
 * Foreign keys that have to go before tables are distributed. Those between a table of the coordinator and one that is
 * not are lost: what deletes a company deletes its rows one table after the other (db/queries/companies/company.ts).
 */
async function foreignKeys(sql: RawSql) {
  const moved = [...REFERENCE_TABLES, ...DISTRIBUTED_TABLES];
  return sql<{ table: string; name: string; parent: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, confrelid::regclass::text as parent,
      pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and (conrelid::regclass::text = any(${moved}) or confrelid::regclass::text = any(${moved}))`;
}
