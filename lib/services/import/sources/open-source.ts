import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseConfigIni } from "@/lib/domain/import/config-ini";
import { ImportError } from "@/lib/domain/import/import-error";
import type { SourceAddress } from "@/lib/domain/import/addresses";
import { describeSource, parseSourceAddress } from "@/lib/domain/import/source-address";
import { openMssql } from "./mssql";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgresql";
import { serverError, withServerErrors } from "./server-source";
import type { OriginalSource } from "./source";
import { openSqlite } from "./sqlite";

export interface LocatedSource {
  address: SourceAddress;
  /** `[app] TIMEZONE` of the config.ini, null where it has none; undefined for a bare address. */
  configuredZone: string | null | undefined;
}

/**
 * Finds out what the operator's argument means: an SQLAlchemy URL or the path of a config.ini. Relative paths begin
 * at `folder`; those within a config.ini at its own folder or Flask's `instance` folder beside it.
 *
 * @throws ImportError
 */
export async function locateSource(argument: string, folder: string): Promise<LocatedSource> {
  if (argument.includes("://")) {
    return { address: await located(parseSourceAddress(argument), [folder]), configuredZone: undefined };
  }
  const path = resolve(folder, argument);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(
      error.code === "ENOENT"
        ? `${path} doesn't exist. Enter an SQLAlchemy URL (sqlite:///…, postgresql://…) or the original's config.ini.`
        : `Can't read ${path} (${error.code}).`,
      { cause: error },
    );
  });
  if (text.startsWith("SQLite format 3")) {
    throw new ImportError(`${path} is a database, not a config.ini. Use sqlite:///${path} instead.`);
  }
  const { databaseUrl, timeZone } = parseConfigIni(text);
  if (!databaseUrl) throw new ImportError(`${path} has no SQLALCHEMY_DATABASE_URI in a section [database].`);
  const own = dirname(path);
  const address = await located(parseSourceAddress(databaseUrl), [own, join(own, "instance")]);
  return { address, configuredZone: timeZone ?? null };
}

/** An SQLite file's full path: in the first of the folders that has it. */
async function located(address: SourceAddress, folders: readonly string[]): Promise<SourceAddress> {
  if (address.kind !== "sqlite" || isAbsolute(address.file)) return address;
  const paths = folders.map((folder) => resolve(folder, address.file));
  for (const file of paths) if (await stat(file).catch(() => null)) return { ...address, file };
  throw new ImportError(`Can't find the file ${paths.join(" or ")}.`);
}

/** Opens the database at the address, for reading. @throws ImportError that says what does not work. */
export async function openSource(address: SourceAddress): Promise<OriginalSource> {
  const label = describeSource(address);
  try {
    if (address.kind === "sqlite") return await openSqlite(address);
    if (address.kind === "postgresql") return withServerErrors(await openPostgres(address, label));
    if (address.kind === "mysql") return withServerErrors(await openMysql(address, label));
    return withServerErrors(await openMssql(address, label));
  } catch (error) {
    throw serverError(label, error);
  }
}
