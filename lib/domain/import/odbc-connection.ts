import { ImportError } from "./import-error";
import type { MssqlAddress } from "./addresses";

/**
 * Reads an ODBC connection string (`DRIVER={…};SERVER=host,1433;DATABASE=…;UID=…;PWD=…`), or its settings by name in
 * lower case, as an address of SQL Server.
 *
 * Without a word about encryption the connection is encrypted and the certificate not checked.
 * @throws ImportError for Windows or Entra sign-in and for data sources, which only the original's machine knows.
 */
export function parseOdbcConnection(connection: string | Map<string, string>): MssqlAddress {
  const settings = typeof connection === "string" ? splitConnection(connection) : connection;
  const setting = (...names: string[]) =>
    names.map((name) => settings.get(name)).find((value) => value !== undefined && value !== "");
  assertPasswordSignIn(setting("trusted_connection"), setting("authentication"));
  const server = setting("server", "address", "addr", "data source");
  if (!server) {
    throw new ImportError(
      setting("dsn")
        ? "This connection uses an ODBC data source (DSN), which only the original's computer knows. Specify SERVER and DATABASE instead."
        : "The ODBC connection has no SERVER.",
    );
  }
  const database = setting("database", "initial catalog");
  if (!database) throw new ImportError("The ODBC connection has no DATABASE.");
  const encryption = setting("encrypt")?.toLowerCase();
  return {
    kind: "mssql",
    ...readServer(server, setting("port")),
    user: setting("uid", "user id", "user"),
    password: setting("pwd", "password"),
    database,
    isEncrypted: !["no", "false", "0", "optional", "disabled"].includes(encryption ?? "yes"),
    trustsServerCertificate: isYes(setting("trustservercertificate"), encryption === undefined),
  };
}

function assertPasswordSignIn(trusted: string | undefined, authentication: string | undefined): void {
  if (isYes(trusted, false) || (authentication && !/^sqlpassword$/i.test(authentication))) {
    throw new ImportError(
      "The original signs in to SQL Server with a Windows or Entra account. Create a SQL Server login that can read " +
        "the database (db_datareader) and specify its name and password in the address.",
    );
  }
}

function isYes(text: string | undefined, otherwise: boolean): boolean {
  return text === undefined ? otherwise : ["yes", "true", "1", "sspi"].includes(text.toLowerCase());
}

/** `tcp:host\INSTANCE,1433` with all but the host left out at will. */
function readServer(server: string, port: string | undefined) {
  const [, host = "", instance, ownPort] =
    /^(?:tcp:)?([^\\,]+)(?:\\([^,]+))?(?:,\s*(\d{1,5}))?$/i.exec(server.trim()) ?? [];
  if (!host) throw new ImportError(`“${server}” is not the name of a SQL Server.`);
  const chosen = ownPort ?? port;
  if (chosen !== undefined && !/^\d{1,5}$/.test(chosen))
    throw new ImportError(`“${chosen}” is not a port number.`);
  return {
    host: host === "." || /^\(local\)$/i.test(host) ? "localhost" : host,
    port: Number(chosen ?? 1433),
    // A port that is given goes before the instance, as with Microsoft's own driver.
    instance: chosen === undefined ? instance : undefined,
  };
}

/** Splits at semicolons; a value in braces may hold them, and a brace closed twice stands for one. */
function splitConnection(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [, name, braced, plain] of text.matchAll(/([^=;]+)=\s*(?:\{((?:[^}]|\}\})*)\}|([^;]*))/g)) {
    settings.set(name!.trim().toLowerCase(), braced?.replaceAll("}}", "}") ?? plain!.trim());
  }
  return settings;
}
