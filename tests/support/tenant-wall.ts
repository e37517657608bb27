import type { RawSql } from "@/db/client";
import { scopeSettings } from "@/db/scope";

/** A connection, or a transaction of one. */
type Sql = Pick<RawSql, "unsafe">;

interface TenantTable {
  name: string;
  /** The column that says whose a row is. */
  column: string;
  hasSecurity: boolean;
  isForced: boolean;
}

/** How a write is refused. Citus never lets the company of a row on a node change. */
const REFUSALS = /row-level security|permission denied|never change|modifying the partition value/;

/** The portal's own: a company is only noted in it. The app's role must not reach it at all. */
const PORTAL_TABLES: ReadonlySet<string> = new Set(["api_error_logs"]);

/** Every table that keeps rows by company, as the catalogue has them now, by name. */
async function listTenantTables(sql: Sql): Promise<TenantTable[]> {
  return sql.unsafe<TenantTable[]>(`
    select c.relname as name, a.attname as column, c.relrowsecurity as "hasSecurity",
      c.relforcerowsecurity as "isForced"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
      and a.attname = case c.relname when 'app_auth_companies' then 'id' else 'company_id' end
    order by 1`);
}

/** Views run as their owner, past row-level security, unless they say otherwise. Those of an extension show no rows. */
async function listOpenViews(sql: Sql): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }[]>(`
    select relname as name from pg_class
    where relkind in ('v', 'm') and relnamespace = current_schema()::regnamespace
      and not coalesce(reloptions @> '{security_invoker=true}', false)
      and not exists (
        select 1 from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
      ) order by 1`);
  return rows.map(({ name }) => name);
}

/** What a statement comes to as the app's role with these companies set, in a transaction that is undone. */
async function asApp(
  sql: RawSql,
  companyIds: readonly number[],
  statement: string,
): Promise<{ count: number } | { error: string }> {
  const undo = new Error("undo");
  let count = 0;
  try {
    await sql.begin(async (tx) => {
      for (const setting of scopeSettings(companyIds)) await tx.unsafe(setting);
      ({ count } = await tx.unsafe(statement));
      throw undo;
    });
  } catch (error) {
    if (error !== undo) return { error: (error as Error).message };
  }
  return { count };
}

/**
 * What is wrong with the wall between the two companies, a sentence each; none when it stands.
 *
 * Both companies need a row in every tenant table, or an empty table would pass for a closed one. Each look is a
 * transaction of its own, as Citus gives no table to a second role in one; nothing is left behind. With `only` it looks
 * at that table alone, with `beside` from a scope that holds that company too.
 */
export async function findWallProblems(
  sql: RawSql,
  { mine, theirs, only, beside }: { mine: number; theirs: number; only?: string; beside?: number },
): Promise<string[]> {
  const problems = (await listOpenViews(sql)).map((name) => `view ${name}: not security_invoker`);
  const set = beside === undefined ? [mine] : [mine, beside];
  const tables = (await listTenantTables(sql)).filter(({ name }) => only === undefined || only === name);
  for (const table of tables) {
    const found = PORTAL_TABLES.has(table.name)
      ? await problemsOfPortalTable(sql, table, mine)
      : await problemsOfTable(sql, table, set, theirs);
    problems.push(...found.map((problem) => `${table.name}: ${problem}`));
  }
  return problems;
}

async function problemsOfPortalTable(sql: RawSql, { name }: TenantTable, mine: number): Promise<string[]> {
  const read = await asApp(sql, [mine], `select 1 from ${name}`);
  return "error" in read && /permission denied/.test(read.error) ? [] : ["the app's role can read it"];
}

/** The same of one table, or of a part of it on a node of Citus. The first company of the set is the one that looks. */
export async function problemsOfTable(
  sql: RawSql,
  { name, column, hasSecurity, isForced }: TenantTable,
  set: readonly number[],
  theirs: number,
): Promise<string[]> {
  const mine = set[0]!;
  const rowsOf = (id: number) => `select 1 from ${name} where ${column} = ${id}`;
  const [none, own, foreign, moved, removed] = [
    await asApp(sql, [], `select 1 from ${name}`),
    await asApp(sql, set, rowsOf(mine)),
    await asApp(sql, set, rowsOf(theirs)),
    await asApp(sql, set, `update ${name} set ${column} = ${theirs} where ${column} = ${mine}`),
    await asApp(sql, set, `delete from ${name} where ${column} = ${theirs}`),
  ];
  const stored = await Promise.all([mine, theirs].map((id) => sql.unsafe(rowsOf(id))));
  const isRefused = (answer: typeof moved) => "error" in answer && REFUSALS.test(answer.error);
  const checks: [string, boolean][] = [
    ["row-level security is off", hasSecurity],
    ["row-level security does not bind the owner", isForced],
    ["the fixture lacks rows", stored.every(({ count }) => count > 0)],
    ["shows rows with no company set", "count" in none && none.count === 0],
    ["hides the company's own rows", "count" in own && own.count > 0],
    ["shows another company's rows", "count" in foreign && foreign.count === 0],
    ["lets a row go to another company", isRefused(moved)],
    ["deletes another company's rows", isRefused(removed) || ("count" in removed && removed.count === 0)],
  ];
  return checks.filter(([, holds]) => !holds).map(([problem]) => problem);
}

/** Gives the company a row in every tenant table; it has its own row, its first site and key already. */
export async function fillTenantTables(sql: Sql, companyId: number): Promise<void> {
  const [first] = await sql.unsafe<{ site: number; key: number }[]>(
    `select s.id as site, k.id as key from sites s
     join app_auth_api_keys k on k.company_id = s.company_id and k.site_id = s.id where s.company_id = ${companyId}`,
  );
  const { site, key } = first!;
  const [user] = await sql.unsafe<{ id: number }[]>(
    `insert into app_auth_users (username, email, password)
     values ('wall ${companyId}', 'wall${companyId}@example.com', 'none') returning id`,
  );
  /** Inserts a row and gives its id where it has one. */
  const add = async (
    table: string,
    columns: string,
    values: string,
    returning = "company_id",
  ): Promise<number> => {
    const [row] = await sql.unsafe<{ id: number }[]>(
      `insert into ${table} (company_id, ${columns}) values (${companyId}, ${values}) returning ${returning} as id`,
    );
    return row!.id;
  };
  const seen = "name, name_key, first_seen_at, last_seen_at";
  const account = await add("accounts", seen, "'ann', 'ann', now(), now()", "id");
  const computer = await add("computers", seen, "'pc', 'pc', now(), now()", "id");
  await add("app_auth_user_companies", "user_id, role", `${user!.id}, 'User'`);
  await add("api_key_usage", "api_key_id, day", `${key}, current_date`);
  await add(
    "events",
    "site_id, account_id, computer_id, kind, occurred_at, fingerprint, event_type",
    `${site}, ${account}, ${computer}, 1, now(), gen_random_uuid(), 'Logon'`,
  );
  await add("event_counts", "bucket_at, site_id, kind, count", `now(), ${site}, 1, 1`);
  await add(
    "presence",
    "computer_id, account_id, site_id, kind, at, first_at, start_at",
    `${computer}, ${account}, ${site}, 1, now(), now(), now()`,
  );
  await add(
    "time_spent_months",
    "computer_id, month, through_at, heads, details, carry",
    `${computer}, '2026-01-01', now(), '', '', ''`,
  );
  await add("time_spent_late", "computer_id, at", `${computer}, now()`);
  await add("time_spent_progress", "through_at", "now()");
  await add("saved_views", "name, table_name, query", "'Mine', 'events', ''");
  const schedule = await add(
    "report_schedules",
    "view_name, owner_name, kind, weekday, day, hour, minute, range_name, format, due_zone",
    "'Mine', 'ann', 'daily', 1, 1, 7, 0, 'yesterday', 'csv', 'UTC'",
    "id",
  );
  await add("report_runs", "schedule_id, due_at, reason, state", `${schedule}, now(), 'due', 'sent'`);
  await add("audit_log", "action", "'site.create'");
  await addDetections(add);
  await addCalendarAndTags(add, account, computer);
  await addNotifications(add, user!.id);
}

type Add = (table: string, columns: string, values: string, returning?: string) => Promise<number>;

async function addDetections(add: Add): Promise<void> {
  const alert = await add(
    "alerts",
    "rule, subject_key, key_event_id, severity, first_at, since_at, last_at, count, threshold, window_minutes, event_ids, account_ids, computer_ids",
    "'password-spray', 'address:::1', 1, 'medium', now(), now(), now(), 5, 5, 10, '{1}', '{1}', '{1}'",
    "id",
  );
  await add("alert_history", "alert_id, state", `${alert}, 'acknowledged'`);
  await add("detection_states", "rule, subject_key, memory", "'password-spray', 'address:::1', '{}'");
  await add("detection_cursors", "through_id, target_id", "1, 1");
  await add("detection_settings", "rule, is_on, rule_values", "'password-spray', true, '{}'");
  await add(
    "detection_backtests",
    "rule, values_key, days, alerts, is_whole",
    "'password-spray', 'a=1', 30, 3, true",
  );
  await add("detection_exceptions", "rule, address, reason", "'password-spray', '::1', 'scanner'");
}

async function addCalendarAndTags(add: Add, account: number, computer: number): Promise<void> {
  await add("company_calendars", "hours, grace_minutes", "'[]', 30");
  await add(
    "calendar_holidays",
    "name, first_day, last_day, is_yearly",
    "'New Year', '2026-01-01', '2026-01-01', true",
  );
  await add("calendar_exemptions", "account_id, reason", `${account}, 'on call'`);
  await add("account_tags", "account_id, tag, has_tag", `${account}, 'administrator', true`);
  await add("computer_tags", "computer_id, tag, has_tag", `${computer}, 'administrators-computer', true`);
  await add("tag_patterns", "tag, pattern, pattern_key", "'service-account', 'svc-*', 'svc-*'");
}

async function addNotifications(add: Add, userId: number): Promise<void> {
  const channel = await add(
    "notification_channels",
    "name, type, wait_seconds, interval_seconds",
    "'Mail', 'email', 60, 900",
    "id",
  );
  await add("notification_subscriptions", "channel_id, kinds", `${channel}, '{burst}'`);
  const told = await add("notifications", "kind, severity, params", "'burst', 'warning', '{}'", "id");
  const delivery = await add(
    "notification_deliveries",
    "channel_id, group_id, reason, severity, notification_count",
    `${channel}, gen_random_uuid(), 'first', 'warning', 1`,
    "id",
  );
  await add("notification_items", "channel_id, notification_id, is_critical", `${channel}, ${told}, false`);
  await add(
    "notification_attempts",
    "delivery_id, number, started_at, duration_ms, result",
    `${delivery}, 1, now(), 5, 'sent'`,
  );
  await add("notification_reads", "user_id", `${userId}`);
  await add("queue_entries", "queue, key, run_at", "'wall', 'a', now() + interval '1 day'");
}
