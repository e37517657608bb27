interface ServerLogin {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: string;
}

export interface SqliteAddress {
  kind: "sqlite";
  /** As written: relative to wherever the address stood. */
  file: string;
}
export interface PostgresAddress extends ServerLogin {
  kind: "postgresql";
  /** libpq's modes: disable, allow, prefer, require, verify-ca, verify-full. */
  sslMode: string;
  caFile: string | undefined;
  /** Start-up options such as `-csearch_path=old`. */
  options: string | undefined;
}
export interface MysqlAddress extends ServerLogin {
  kind: "mysql";
  socketPath: string | undefined;
  /** Absent: no TLS, as PyMySQL does without a certificate of an authority. */
  tls: { caFile: string | undefined; certFile: string | undefined; keyFile: string | undefined } | undefined;
}
export interface MssqlAddress extends ServerLogin {
  kind: "mssql";
  /** A named instance, whose port SQL Server's browser service tells. */
  instance: string | undefined;
  isEncrypted: boolean;
  trustsServerCertificate: boolean;
}

/** Where a database of the original stands. */
export type SourceAddress = SqliteAddress | PostgresAddress | MysqlAddress | MssqlAddress;
