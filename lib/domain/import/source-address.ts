import type { MssqlAddress, MysqlAddress, PostgresAddress, SourceAddress, SqliteAddress } from "./addresses";
import { parseOdbcConnection } from "./odbc-connection";
import { ImportError } from "./import-error";

interface UrlParts {
  name: string;
  user: string | undefined;
  password: string | undefined;
  host: string | undefined;
  port: string | undefined;
  database: string | undefined;
  query: URLSearchParams;
}

// SQLAlchemy's grammar, which is not that of URLs: anything but an @ may stand in the password as it is.
const SQLALCHEMY_URL =
  /^(?<name>[\w+]+):\/\/(?:(?<user>[^:/]*)(?::(?<password>[^@]*))?@)?(?:\[(?<ipv6>[^/?\]]+)\]|(?<host>[^/:?]+))?(?::(?<port>[^/?]*))?(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/s;

const READERS: Readonly<Record<string, (parts: UrlParts) => SourceAddress>> = {
  sqlite: readSqlite,
  postgresql: readPostgres,
  postgres: readPostgres,
  mysql: readMysql,
  mariadb: readMysql,
  mssql: readMssql,
};

/** Reads an SQLAlchemy URL, whatever driver it names. @throws ImportError that never repeats the password. */
export function parseSourceAddress(text: string): SourceAddress {
  const found = SQLALCHEMY_URL.exec(text.trim())?.groups;
  if (!found) throw new ImportError("The source is neither an SQLAlchemy URL nor a config.ini that exists.");
  const { user, password, ipv6, host, port, database, query = "" } = found;
  const [dialect = ""] = found.name!.split("+");
  const read = READERS[dialect.toLowerCase()];
  if (!read) {
    throw new ImportError(
      `“${found.name}” is not a database that the original supports. Use sqlite, postgresql, mysql, mariadb or mssql.`,
    );
  }
  return read({
    name: found.name!.toLowerCase(),
    user: user === undefined || user === "" ? undefined : unquote(user),
    password: password === undefined ? undefined : unquote(password),
    host: ipv6 ?? host,
    port: port === "" ? undefined : port,
    database: database === "" ? undefined : database,
    query: new URLSearchParams(query),
  });
}

/** The address for people and logs, without the password. */
export function describeSource(address: SourceAddress): string {
  if (address.kind === "sqlite") return `sqlite:///${address.file}`;
  const user = address.user ? `${address.user}@` : "";
  const instance = address.kind === "mssql" && address.instance ? `\\${address.instance}` : "";
  return `${address.kind}://${user}${address.host}${instance}:${address.port}/${address.database}`;
}

function unquote(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is kept, as Python keeps it
  }
}

function portOf(text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new ImportError(`“${text}” is not a port number.`);
  return port;
}

function databaseOf({ database, name }: UrlParts): string {
  if (database === undefined) throw new ImportError(`The ${name} address has no database. Use …/<database>.`);
  return database;
}

function readSqlite({ host, database }: UrlParts): SqliteAddress {
  if (host !== undefined) {
    throw new ImportError(
      "An SQLite address has three slashes, or four before a path from the root: sqlite:////srv/app/app.db",
    );
  }
  if (database === undefined || database === ":memory:")
    throw new ImportError("The SQLite address has no file.");
  return { kind: "sqlite", file: database.startsWith("file:") ? database.slice(5) : database };
}

function readPostgres(parts: UrlParts): PostgresAddress {
  const asked = (name: string) => parts.query.get(name) ?? undefined;
  // psycopg takes a host, a port or the folder of a socket from the query as well.
  const [host, queryPort = asked("port")] = asked("host")?.split(":") ?? [];
  return {
    kind: "postgresql",
    host: host || parts.host || "localhost",
    port: portOf(parts.port ?? queryPort, 5432),
    user: parts.user ?? asked("user"),
    password: parts.password ?? asked("password"),
    database: parts.database ?? asked("dbname") ?? databaseOf(parts),
    sslMode: asked("sslmode") ?? "prefer",
    caFile: asked("sslrootcert"),
    options: asked("options"),
  };
}

function readMysql(parts: UrlParts): MysqlAddress {
  const { query } = parts;
  const [caFile, certFile, keyFile] = ["ssl_ca", "ssl_cert", "ssl_key"].map(
    (name) => query.get(name) ?? undefined,
  );
  return {
    kind: "mysql",
    host: parts.host ?? "localhost",
    port: portOf(parts.port, 3306),
    user: parts.user,
    password: parts.password,
    database: databaseOf(parts),
    socketPath: query.get("unix_socket") ?? undefined,
    tls: caFile || certFile || keyFile ? { caFile, certFile, keyFile } : undefined,
  };
}

function readMssql(parts: UrlParts): MssqlAddress {
  const odbc = parts.query.get("odbc_connect");
  if (odbc !== null) return parseOdbcConnection(odbc);
  const isOdbc = parts.name === "mssql" || parts.name === "mssql+pyodbc";
  if (isOdbc && !parts.query.has("driver") && parts.database === undefined) {
    throw new ImportError(
      "This address uses an ODBC data source (DSN), which only the original's computer knows. " +
        "Specify the host and database instead: mssql+pyodbc://user:password@host/database?driver=…",
    );
  }
  const settings = new Map([...parts.query].map(([name, value]) => [name.toLowerCase(), value]));
  settings.set("server", parts.host ?? "localhost");
  if (parts.port !== undefined) settings.set("port", parts.port);
  settings.set("database", databaseOf(parts));
  if (parts.user !== undefined) settings.set("uid", parts.user);
  if (parts.password !== undefined) settings.set("pwd", parts.password);
  return parseOdbcConnection(settings);
}
