import { NO_CONNECTION_CODES, TIMEOUT_CODES, UNKNOWN_HOST_CODES } from "@/lib/connection-codes";
import { ImportError } from "@/lib/domain/import/import-error";
import { textOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { messageOf } from "@/lib/error-text";
import type { OriginalSource } from "./source";

export const CONNECT_SECONDS = 10;

/** Rows of (table_name, column_name) as a map, all in lower case. */
export function columnsByTable(rows: readonly SourceRow[]): Map<string, Set<string>> {
  const tables = new Map<string, Set<string>>();
  for (const row of rows) {
    const table = textOf(row.table_name)!.toLowerCase();
    tables.set(table, (tables.get(table) ?? new Set()).add(textOf(row.column_name)!.toLowerCase()));
  }
  return tables;
}

/** The source with errors of its server in words that say whose they are. */
export function withServerErrors(source: OriginalSource): OriginalSource {
  const inWords = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw serverError(source.label, error);
    }
  };
  return {
    ...source,
    columns: () => inWords(source.columns),
    query: (text) => inWords(() => source.query(text)),
    sessionTimeZone: () => inWords(source.sessionTimeZone),
  };
}

const NO_SERVER = new Set<string>([
  ...NO_CONNECTION_CODES,
  "ESOCKET",
  "EINSTLOOKUP",
  "PROTOCOL_CONNECTION_LOST",
]);
const UNKNOWN_HOST = new Set<string>(UNKNOWN_HOST_CODES);
const TIMEOUT = new Set<string>([...TIMEOUT_CODES, "ETIMEOUT"]);

/** Codes of Node, PostgreSQL (28…, 3D000), MySQL (ER_…) and tedious (E…). */
const CAUSES: readonly (readonly [(code: string) => boolean, string])[] = [
  [(code) => NO_SERVER.has(code), "no database server responds at this address"],
  [(code) => UNKNOWN_HOST.has(code), "unknown host"],
  [(code) => TIMEOUT.has(code), "the connection timed out"],
  [
    (code) => /^(28\w{3}|ER_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR|ELOGIN)$/.test(code),
    "it refuses this user or password",
  ],
  [(code) => /^(3D000|ER_BAD_DB_ERROR)$/.test(code), "the database doesn't exist"],
];

/** An error of the source's server, told with what is known of its cause. */
export function serverError(label: string, error: unknown): ImportError {
  if (error instanceof ImportError) return error;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  const cause = CAUSES.find(([isCause]) => isCause(code))?.[1];
  const told = [messageOf(error), code && !messageOf(error).includes(code) ? `(${code})` : ""]
    .join(" ")
    .trim();
  return new ImportError(cause ? `Can't open ${label}: ${cause}. ${told}` : `Can't read ${label}: ${told}`, {
    cause: error,
  });
}
