import { readFile } from "node:fs/promises";
import type { MysqlAddress } from "@/lib/domain/import/addresses";
import type { SourceRow } from "@/lib/domain/import/stored-value";
import { columnsByTable, CONNECT_SECONDS } from "./server-source";
import type { OriginalSource } from "./source";

/** Connects to MySQL or MariaDB. @throws the driver's error. */
export async function openMysql(address: MysqlAddress, label: string): Promise<OriginalSource> {
  const { createConnection } = await import("mysql2/promise");
  const connection = await createConnection({
    host: address.host,
    port: address.port,
    ...(address.socketPath && { socketPath: address.socketPath }),
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: await tlsOf(address),
    charset: "utf8mb4",
    connectTimeout: CONNECT_SECONDS * 1000,
    // A DATETIME is a wall clock; a driver's Date would put it into this machine's zone.
    dateStrings: true,
    supportBigNumbers: true,
  });
  connection.on("error", () => undefined); // told by the query that meets it
  await connection.query("set session transaction read only");
  const query = async (text: string) => (await connection.query(text))[0] as SourceRow[];
  return {
    kind: "mysql",
    label,
    columns: async () =>
      columnsByTable(
        await query(
          "select table_name as table_name, column_name as column_name from information_schema.columns where table_schema = database()",
        ),
      ),
    query,
    sessionTimeZone: async () => null,
    changedWhileRead: async () => null,
    close: () => connection.end().catch(() => connection.destroy()),
  };
}

async function tlsOf({ tls }: MysqlAddress) {
  if (!tls) return undefined;
  const [ca, cert, key] = await Promise.all(
    [tls.caFile, tls.certFile, tls.keyFile].map((file) => (file ? readFile(file, "utf8") : undefined)),
  );
  return { ca, cert, key };
}
