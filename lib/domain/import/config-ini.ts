/** What the original's `config.ini` tells; undefined where it is silent. */
export interface OriginalConfig {
  /** `[app] TIMEZONE`. */
  timeZone: string | undefined;
  /** `[database] SQLALCHEMY_DATABASE_URI`. */
  databaseUrl: string | undefined;
}

/**
 * Reads the original's `config.ini` by the rules of Python's configparser.
 *
 * Those differ from other INI dialects where it matters: values keep `;`, `#` and quotes, which connection strings
 * hold; `:` separates like `=`; names are case-insensitive; `%%` is a per cent sign.
 */
export function parseConfigIni(text: string): OriginalConfig {
  const values = new Map<string, string>();
  let section = "";
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const header = /^\[([^\]]+)\]/.exec(line);
    if (header) section = header[1]!.trim();
    const [, name, value] = /^([^\s=:[][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) values.set(`${section}/${name.toLowerCase()}`, value!.replaceAll("%%", "%"));
  }
  return {
    timeZone: values.get("app/timezone") || undefined,
    databaseUrl: values.get("database/sqlalchemy_database_uri") || undefined,
  };
}
