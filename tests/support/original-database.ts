import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import bcrypt from "bcrypt";
import { createConnection } from "mysql2/promise";
import { connect } from "@/db/client";
import { ianaZone, zoneOffsetMinutes } from "@/lib/domain/zones";

export const ORIGINAL_PASSWORD = "Anna-Passw0rd!";
export const ORIGINAL_MFA_SECRET = "UJZDEGXDNCF32EPF3DHODZDOCIS2JHTL";
/** HO of Acme, Branch of Acme, HO of Beta, a disabled one of Beta, and the one of no company. */
export const ORIGINAL_KEYS = ["a1", "b2", "c3", "d4", "e5"].map((pair) => pair.repeat(32));

export interface OriginalLog {
  id: number;
  type: string;
  user: string;
  computer: string;
  localIp: string | null;
  publicIp: string | null;
  /** The true instant, epoch milliseconds. */
  at: number;
  retry: number;
  companyId: number | null;
  keyId: number | null;
}

const MINUTE = 60_000;
const START = Date.UTC(2025, 0, 3);
const END = Date.UTC(2025, 11, 18);
const CHANGES = [Date.UTC(2025, 2, 30, 1), Date.UTC(2025, 9, 26, 1)];
const TYPES = [
  "Logon",
  "Lock",
  "Unlock",
  "Logoff",
  "Sign-In",
  "Sign-Out",
  "Shutdown",
  "Sleep",
  "Startup",
  "Test",
];
const PEOPLE = ["ACME\\jane", "john.doe", "zoë@beta.example", "山田", "o'brien", 'the "boss"', "100%_sure"];

/** Even in the order of ids and instants, with a log every three minutes around both changes of Europe/London's clocks. */
export function originalLogs(count: number): OriginalLog[] {
  const around = CHANGES.flatMap((change) =>
    Array.from({ length: 120 }, (_, index) => change + (index - 60) * 3 * MINUTE + 11_007),
  );
  const steps = count - around.length;
  const even = Array.from(
    { length: steps },
    (_, index) => Math.floor(START + ((END - START) * index) / steps) + 1,
  );
  return [...even, ...around]
    .sort((a, b) => a - b)
    .map((at, index) => {
      const keyId = [1, 2, 3, 4, 5, 1, 3, 2][index % 8]!;
      return {
        id: index + 1,
        type: TYPES[(index * 7) % TYPES.length]!,
        user: PEOPLE[(index * 5) % PEOPLE.length]!,
        computer: `PC-${(index * 3) % 40}`,
        localIp: index % 3 === 0 ? null : `192.168.1.${index % 250}`,
        publicIp: index % 4 === 0 ? "203.0.113.9" : null,
        at,
        retry: index % 2,
        companyId: keyId <= 2 ? 1 : keyId <= 4 ? 2 : null,
        // The logs of some deleted key.
        keyId: index % 97 === 0 && keyId !== 5 ? null : keyId,
      };
    });
}

export type Dialect = "sqlite" | "postgresql" | "mysql";

/** The wall clock of the zone as the original stores it, with microseconds. */
export function wallClock(at: number, zone: string): string {
  const local = new Date(at + zoneOffsetMinutes(at, ianaZone(zone)) * MINUTE);
  return `${local.toISOString().slice(0, -1).replace("T", " ")}000`;
}

function literal(dialect: Dialect, value: string | number | boolean | null): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return dialect === "postgresql" ? String(value) : String(Number(value));
  if (typeof value === "number") return String(value);
  const escaped = value.replaceAll("'", "''");
  return `'${dialect === "mysql" ? escaped.replaceAll("\\", "\\\\") : escaped}'`;
}

type Row = readonly (string | number | boolean | null)[];

function inserts(dialect: Dialect, table: string, columns: string, rows: readonly Row[]): string[] {
  const names = dialect === "mysql" ? columns.replaceAll('"', "`") : columns;
  return Array.from({ length: Math.ceil(rows.length / 1000) }, (_, chunk) => {
    const values = rows
      .slice(chunk * 1000, chunk * 1000 + 1000)
      .map((row) => `(${row.map((value) => literal(dialect, value)).join(",")})`);
    return `insert into ${table} (${names}) values ${values.join(",")}`;
  });
}

function schema(dialect: Dialect): string[] {
  const bool = dialect === "mysql" ? "tinyint(1)" : "boolean";
  const time = { sqlite: "datetime", postgresql: "timestamp", mysql: "datetime(6)" }[dialect];
  const key = dialect === "mysql" ? "`key`" : '"key"';
  const stamp = dialect === "mysql" ? "`timestamp`" : '"timestamp"';
  return [
    `create table app_auth_settings (id integer primary key, allow_registration ${bool}, restrict_email_domains ${bool}, password_min_length integer, password_require_numbers_mixed_case ${bool}, password_require_special_chars ${bool}, password_safe_special_chars varchar(100), require_mfa_for_all_users ${bool}, log_level varchar(20))`,
    `create table app_auth_companies (id integer primary key, name varchar(100) not null unique, description varchar(200), created_at ${time} not null)`,
    `create table app_auth_users (id integer primary key, username varchar(20) not null unique, email varchar(120) not null unique, password varchar(60) not null, role varchar(20) not null, is_active ${bool}, mfa_secret varchar(32), mfa_enabled ${bool}, mfa_required ${bool})`,
    `create table app_auth_user_companies (id integer primary key, user_id integer not null references app_auth_users(id), company_id integer not null references app_auth_companies(id), role varchar(50) not null)`,
    `create table app_auth_api_keys (id integer primary key, ${key} varchar(64) not null unique, description varchar(100), created_at ${time} not null, last_used ${time}, is_active ${bool}, company_id integer references app_auth_companies(id))`,
    `create table app_auth_allowed_domains (id integer primary key, domain varchar(100) not null unique)`,
    `create table error_log (id integer primary key, level varchar(20) not null, logger_name varchar(100), message text not null, ${stamp} ${time} not null, pathname varchar(255), lineno integer, request_id varchar(100), user_id integer, remote_addr varchar(50), exception text)`,
    `create table api_logs (id integer primary key, event_type varchar(20) not null, user_name varchar(50) not null, computer_name varchar(50) not null, local_ip varchar(45), public_ip varchar(45), ${stamp} ${time} not null, retry integer not null, company_id integer references app_auth_companies(id), api_key_id integer references app_auth_api_keys(id))`,
  ];
}

/** Statements that make and fill a database in the original's shape: two companies, four users, the logs, three errors. */
export async function originalStatements(
  dialect: Dialect,
  zone: string,
  logs: readonly OriginalLog[],
): Promise<string[]> {
  const created = "2025-01-02 09:00:00.123456";
  const hash = await bcrypt.hash(ORIGINAL_PASSWORD, 4);
  const add = (table: string, columns: string, rows: readonly Row[]) =>
    inserts(dialect, table, columns, rows);
  return [
    ...schema(dialect),
    ...add(
      "app_auth_settings",
      "id, allow_registration, restrict_email_domains, password_min_length, password_require_numbers_mixed_case, password_require_special_chars, password_safe_special_chars, require_mfa_for_all_users, log_level",
      [[1, true, true, 12, true, true, "!@#$%^&*", false, "ERROR"]],
    ),
    ...add("app_auth_companies", "id, name, description, created_at", [
      [1, "Acme", "The first", created],
      [2, "Beta & Søn A/S", null, created],
    ]),
    ...add(
      "app_auth_users",
      "id, username, email, password, role, is_active, mfa_secret, mfa_enabled, mfa_required",
      [
        [1, "superadmin", "superadmin@example.com", hash, "GlobalAdmin", true, null, false, null],
        [2, "anna", "Anna@acme.example", hash, "Admin", true, ORIGINAL_MFA_SECRET, true, null],
        [3, "bob", "bob@acme.example", hash, "User", true, null, false, false],
        [4, "Dora", "dora@beta.example", hash, "User", false, null, false, true],
      ],
    ),
    ...add("app_auth_user_companies", "id, user_id, company_id, role", [
      [1, 2, 1, "CompanyAdmin"],
      [2, 3, 1, "User"],
      [3, 3, 2, "CompanyAdmin"],
      [4, 4, 2, "User"],
    ]),
    ...add(
      "app_auth_api_keys",
      'id, "key", description, created_at, last_used, is_active, company_id',
      ORIGINAL_KEYS.map((key, index) => [
        index + 1,
        key,
        ["HO", "Branch", "HO", "Old office", "Initial Admin API Key"][index]!,
        created,
        index === 4 ? null : "2025-10-30 10:11:12.000001",
        index !== 3,
        [1, 1, 2, 2, null][index]!,
      ]),
    ),
    ...add("app_auth_allowed_domains", "id, domain", [[1, "@acme.example"]]),
    ...add(
      "error_log",
      'id, level, logger_name, message, "timestamp", pathname, lineno, request_id, user_id, remote_addr, exception',
      [1, 2, 3].map((id) => [
        id,
        "WARNING",
        "auth.routes",
        "Failed login 'nobody'\nsecond line",
        wallClock(Date.UTC(2025, 5, 1, 11), zone),
        "/app/auth/routes.py",
        100,
        "ab12",
        id === 1 ? 2 : null,
        "203.0.113.7",
        null,
      ]),
    ),
    ...add(
      "api_logs",
      'id, event_type, user_name, computer_name, local_ip, public_ip, "timestamp", retry, company_id, api_key_id',
      logs.map((log) => [
        log.id,
        log.type,
        log.user,
        log.computer,
        log.localIp,
        log.publicIp,
        wallClock(log.at, zone),
        log.retry,
        log.companyId,
        log.keyId,
      ]),
    ),
  ];
}

/** Runs statements on a new SQLite file, or on one that is there. */
export function runOnSqlite(file: string, statements: readonly string[]): void {
  const { Database } = createRequire(import.meta.url)(
    "node-sqlite3-wasm",
  ) as typeof import("node-sqlite3-wasm");
  const db = new Database(file);
  db.exec("pragma foreign_keys = off"); // as the original's SQLite is: rows may name what is gone
  db.exec("begin");
  for (const statement of statements) db.exec(statement);
  db.exec("commit");
  db.close();
}

export async function writeSqliteOriginal(file: string, statements: readonly string[]): Promise<string> {
  await rm(file, { force: true });
  runOnSqlite(file, statements);
  return `sqlite:///${file}`;
}

/** Fills an empty database of a PostgreSQL server. */
export async function runOnPostgres(url: string, statements: readonly string[]): Promise<void> {
  const sql = connect(url, { max: 1 });
  try {
    await sql.begin(async (tx) => {
      for (const statement of statements) await tx.unsafe(statement);
    });
  } finally {
    await sql.end();
  }
}

/** Fills an empty database of a MariaDB or MySQL server. */
export async function runOnMariadb(
  { port, user, password, database }: { port: number; user: string; password: string; database: string },
  statements: readonly string[],
): Promise<void> {
  const connection = await createConnection({
    host: "127.0.0.1",
    charset: "utf8mb4",
    port,
    user,
    password,
    database,
  });
  try {
    await connection.query("start transaction");
    for (const statement of statements) await connection.query(statement);
    await connection.query("commit");
  } finally {
    await connection.end();
  }
}
