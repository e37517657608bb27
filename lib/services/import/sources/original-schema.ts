import { ImportError } from "@/lib/domain/import/import-error";
import { integerOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { selectCount, selectPage } from "./select-page";
import type { OriginalSource } from "./source";

/** Columns each table must have, those it may have, and which of them hold times and free text. */
const TABLES = {
  app_auth_companies: {
    needs: ["id", "name"],
    may: ["description", "created_at"],
    times: ["created_at"],
    texts: ["name", "description"],
  },
  app_auth_users: {
    needs: ["id", "username", "email", "password", "role"],
    may: ["is_active", "mfa_secret", "mfa_enabled", "mfa_required"],
    times: [],
    texts: ["username", "email"],
  },
  app_auth_user_companies: { needs: ["id", "user_id", "company_id", "role"], may: [], times: [], texts: [] },
  app_auth_api_keys: {
    needs: ["id", "key", "company_id"],
    may: ["description", "created_at", "last_used", "is_active"],
    times: ["created_at", "last_used"],
    texts: ["description"],
  },
  app_auth_settings: {
    needs: ["id"],
    may: [
      "allow_registration",
      "restrict_email_domains",
      "password_min_length",
      "password_require_numbers_mixed_case",
      "password_require_special_chars",
      "password_safe_special_chars",
      "require_mfa_for_all_users",
      "log_level",
    ],
    times: [],
    texts: [],
  },
  app_auth_allowed_domains: { needs: ["id", "domain"], may: [], times: [], texts: [] },
  error_log: {
    needs: ["id", "level", "message", "timestamp"],
    may: ["logger_name", "pathname", "lineno", "request_id", "user_id", "remote_addr", "exception"],
    times: ["timestamp"],
    texts: ["logger_name", "message", "pathname", "request_id", "exception"],
  },
  api_logs: {
    needs: ["id", "event_type", "user_name", "computer_name", "timestamp"],
    may: ["local_ip", "public_ip", "ip_address", "retry", "company_id", "api_key_id"],
    times: ["timestamp"],
    texts: ["event_type", "user_name", "computer_name", "local_ip", "public_ip", "ip_address"],
  },
} as const;

export type OriginalTable = keyof typeof TABLES;

const OPTIONAL: readonly OriginalTable[] = ["app_auth_settings", "app_auth_allowed_domains", "error_log"];
/** The stored errors' table is documented under another name than it was seen under. */
const OTHER_NAMES: Partial<Record<OriginalTable, string>> = { error_log: "api_error_logs" };

export interface OriginalDatabase {
  source: OriginalSource;
  has(table: OriginalTable): boolean;
  count(table: OriginalTable): Promise<number>;
  /** Rows after an id in the order of ids; only the named columns, as far as there are such. */
  page(table: OriginalTable, afterId: number, limit: number, only?: readonly string[]): Promise<SourceRow[]>;
  /** A table of few rows whole, in the order of ids; none when it is absent. */
  all(table: OriginalTable): Promise<SourceRow[]>;
}

const ROWS_AT_ONCE = 2_000;

/** Checks that this is a database of the original. @throws ImportError naming what is missing. */
export async function readOriginalSchema(source: OriginalSource): Promise<OriginalDatabase> {
  const found = await source.columns();
  assertOriginal(source.label, found);
  const names = new Map<OriginalTable, string>();
  for (const table of Object.keys(TABLES) as OriginalTable[]) {
    const name = [table, OTHER_NAMES[table]].find((candidate) => candidate && found.has(candidate));
    if (name) names.set(table, name);
  }
  const columnsOf = (table: OriginalTable) =>
    [...TABLES[table].needs, ...TABLES[table].may].filter((column) =>
      found.get(names.get(table) ?? "")?.has(column),
    );
  const page: OriginalDatabase["page"] = (table, afterId, limit, only) => {
    const columns = columnsOf(table).filter((column) => !only || only.includes(column));
    const { times: timeColumns, texts: textColumns } = TABLES[table];
    const query = { table: names.get(table)!, columns, timeColumns, textColumns, afterId, limit };
    return source.query(selectPage(source.kind, query));
  };
  return {
    source,
    has: (table) => names.has(table),
    page,
    async count(table) {
      if (!names.has(table)) return 0;
      const [row] = await source.query(selectCount(source.kind, names.get(table)!));
      return integerOf(row!.rows)!;
    },
    async all(table) {
      const rows: SourceRow[] = [];
      while (names.has(table)) {
        const next = await page(table, integerOf(rows.at(-1)?.id) ?? MINIMUM_ID, ROWS_AT_ONCE);
        rows.push(...next);
        if (next.length < ROWS_AT_ONCE) break;
      }
      return rows;
    },
  };
}

/** Below every id of the original. */
export const MINIMUM_ID = -1;

function assertOriginal(label: string, found: ReadonlyMap<string, ReadonlySet<string>>): void {
  if (found.has("event_counts") && found.has("presence")) {
    throw new ImportError(`${label} is a database of WinAuthMon itself, not of the original server.`);
  }
  const missing: string[] = [];
  for (const [table, { needs }] of Object.entries(TABLES)) {
    const other = OTHER_NAMES[table as OriginalTable];
    const columns = found.get(table) ?? (other && found.get(other));
    if (!columns) {
      if (!OPTIONAL.includes(table as OriginalTable)) missing.push(`the table ${table}`);
      continue;
    }
    missing.push(
      ...needs.filter((column) => !columns.has(column)).map((column) => `the column ${table}.${column}`),
    );
  }
  if (missing.length > 0) {
    throw new ImportError(
      `${label} is not a database of the original server: missing ${missing.slice(0, 6).join(", ")}${
        missing.length > 6 ? ` and ${missing.length - 6} more` : ""
      }.`,
    );
  }
}
