import { readFile } from "node:fs/promises";
import postgres from "postgres";
import type { PostgresAddress } from "@/lib/domain/import/addresses";
import type { SourceRow } from "@/lib/domain/import/stored-value";
import { columnsByTable, CONNECT_SECONDS } from "./server-source";
import type { OriginalSource } from "./source";

/** Connects to PostgreSQL as psycopg2 would, read-only and in the session zone that the server gives. */
export async function openPostgres(address: PostgresAddress, label: string): Promise<OriginalSource> {
  const sql = postgres({
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    // Drivers of Python take every value as it comes; a number beyond 2^53 does not occur as an id.
    fetch_types: false,
    ssl: await tlsOf(address),
    onnotice: () => undefined,
    backoff: () => 0.2,
    connection: {
      application_name: "winauthmon import",
      default_transaction_read_only: true,
      datestyle: "ISO, YMD",
      ...(address.options && { options: address.options }),
    },
  });
  await answers(sql);
  return {
    kind: "postgresql",
    label,
    columns: async () =>
      columnsByTable(
        (await sql.unsafe(
          "select table_name, column_name from information_schema.columns where table_schema = any (current_schemas(false))",
        )) as unknown as SourceRow[],
      ),
    query: async (text) => (await sql.unsafe(text)) as unknown as SourceRow[],
    sessionTimeZone: async () => (await sql<{ TimeZone: string }[]>`show timezone`)[0]!.TimeZone,
    changedWhileRead: async () => null,
    close: () => sql.end({ timeout: 5 }),
  };
}

/** The driver reconnects for ever when a server closes connections without an error; this gives up. */
async function answers(sql: postgres.Sql): Promise<void> {
  const gone = Object.assign(new Error("The connection closes repeatedly."), { code: "ECONNRESET" });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(gone), CONNECT_SECONDS * 1000);
  });
  try {
    await Promise.race([sql`select 1`, late]);
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function tlsOf({ sslMode, caFile }: PostgresAddress) {
  if (sslMode === "disable") return false;
  if (sslMode === "allow" || sslMode === "prefer") return "prefer";
  const ca = caFile ? await readFile(caFile, "utf8") : undefined;
  if (sslMode === "verify-full") return { ca, rejectUnauthorized: true };
  if (sslMode === "verify-ca") return { ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
  return "require";
}
