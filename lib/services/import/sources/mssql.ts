import type { Connection } from "tedious";
import type { MssqlAddress } from "@/lib/domain/import/addresses";
import type { SourceRow } from "@/lib/domain/import/stored-value";
import { columnsByTable, CONNECT_SECONDS } from "./server-source";
import type { OriginalSource } from "./source";

/** Connects to SQL Server with a SQL Server login. @throws the driver's error. */
export async function openMssql(address: MssqlAddress, label: string): Promise<OriginalSource> {
  const tedious = await import("tedious");
  const connection = new tedious.Connection({
    server: address.host,
    authentication: {
      type: "default",
      options: { userName: address.user ?? "", password: address.password ?? "" },
    },
    options: {
      database: address.database,
      ...(address.instance ? { instanceName: address.instance } : { port: address.port }),
      encrypt: address.isEncrypted,
      trustServerCertificate: address.trustsServerCertificate,
      connectTimeout: CONNECT_SECONDS * 1000,
      requestTimeout: 0,
      useColumnNames: true,
      appName: "winauthmon import",
      readOnlyIntent: true,
    },
  });
  await connected(connection);
  connection.on("error", () => undefined); // told by the query that meets it
  const query = (text: string) => run(connection, tedious, text);
  return {
    kind: "mssql",
    label,
    columns: async () =>
      columnsByTable(
        await query(
          "select TABLE_NAME as table_name, COLUMN_NAME as column_name from INFORMATION_SCHEMA.COLUMNS where TABLE_SCHEMA = schema_name()",
        ),
      ),
    query,
    sessionTimeZone: async () => null,
    changedWhileRead: async () => null,
    close: async () => connection.close(),
  };
}

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
}

function run(
  connection: Connection,
  { Request }: typeof import("tedious"),
  text: string,
): Promise<SourceRow[]> {
  return new Promise((resolve, reject) => {
    const rows: SourceRow[] = [];
    const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)));
    request.on("row", (columns: Record<string, { value: unknown }>) => {
      rows.push(Object.fromEntries(Object.entries(columns).map(([name, { value }]) => [name, value])));
    });
    connection.execSqlBatch(request);
  });
}
