import { createHash } from "node:crypto";
import type { Transaction } from "@/db/client";
import {
  findImportSource,
  listImportedRows,
  nextImportSource,
  saveImportedRows,
  type ImportedRow,
} from "@/db/queries/global/imported-rows";
import { integerOf, textOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { digestOf } from "@/lib/secret-box";
import { keyTextOf } from "./key-text";
import { readPassword } from "./read-password";

/** What an import remembers of an original's rows. */
export type RememberedKind =
  | "user"
  | "company"
  | "API key"
  | "zone"
  | "--company"
  | "membership"
  | "domain"
  | "site";

/**
 * What earlier runs made of this original's rows, and what this one adds to that.
 *
 * Several originals may be imported into one portal. An original is known by its API keys and password hashes, which no
 * other has, so that ids of its rows can be trusted.
 */
export class FormerRuns {
  readonly #known = new Map<string, number | null>();
  readonly #added = new Map<string, ImportedRow>();

  private constructor(readonly source: number) {}

  /** Reads what is known of the original with these keys and users. The caller holds the lock of imports. */
  static async read(
    tx: Transaction,
    keys: readonly SourceRow[],
    users: readonly SourceRow[],
  ): Promise<FormerRuns> {
    const digests = keys.flatMap((row) => keyMarkOf(row) ?? []);
    const passwords = users.flatMap((row) => passwordMarkOf(row) ?? []);
    const source = await findImportSource(tx, ["API key", "user"], [...digests, ...passwords]);
    const runs = new FormerRuns(source ?? (await nextImportSource(tx)));
    for (const row of await listImportedRows(tx, runs.source))
      runs.#known.set(placeOf(row.kind, row.original), row.hereId);
    for (const digest of digests) runs.remember("API key", digest, null);
    return runs;
  }

  /** Whether an earlier run, or this one, dealt with the row. */
  has(kind: RememberedKind, original: string): boolean {
    return this.#known.has(placeOf(kind, original));
  }

  /** The id that the row has here, or had until it was deleted; undefined for one that no run has dealt with. */
  idOf(kind: RememberedKind, original: string): number | undefined {
    return this.#known.get(placeOf(kind, original)) ?? undefined;
  }

  /** The ids of all rows of a kind, each once. */
  idsOf(kind: RememberedKind): number[] {
    const ids = [...this.#known].map(([place, id]) => (place.startsWith(placeOf(kind, "")) ? id : null));
    return [...new Set(ids.filter((id) => id !== null))];
  }

  remember(kind: RememberedKind, original: string, hereId: number | null): void {
    const place = placeOf(kind, original);
    if (this.#known.has(place) && this.#known.get(place) === hereId) return;
    this.#known.set(place, hereId);
    this.#added.set(place, { source: this.source, kind, original, hereId });
  }

  /** Stores what this run added. */
  async save(tx: Transaction): Promise<void> {
    await saveImportedRows(tx, [...this.#added.values()]);
    this.#added.clear();
  }
}

const placeOf = (kind: string, original: string) => `${kind}/${original}`;

function keyMarkOf(row: SourceRow): string | null {
  const key = keyTextOf(row);
  return key === null ? null : digestOf(key).toString("hex");
}

/**
 * What a user is known by in one original: the id with the password, the address, or the name. An id alone would not do,
 * because SQLite gives the id of a deleted user to the next one.
 */
export interface UserMarks {
  /** Null for one without a password that can be read. */
  password: string | null;
  address: string;
  name: string;
}

/** `addressKey` is the address in the spelling that all share (loginKeyOf). */
export function userMarksOf(row: SourceRow, addressKey: string): UserMarks {
  const name = (textOf(row.username) ?? "").toLowerCase();
  return {
    password: passwordMarkOf(row),
    address: addressMarkOf(row, addressKey),
    name: markOf(row, "name", name),
  };
}

export function addressMarkOf(row: SourceRow, addressKey: string): string {
  return markOf(row, "address", addressKey);
}

function passwordMarkOf(row: SourceRow): string | null {
  const password = readPassword(textOf(row.password) ?? "");
  return password === null ? null : markOf(row, "password", password);
}

function markOf(row: SourceRow, what: string, text: string): string {
  return `${integerOf(row.id)} ${what} ${createHash("sha256").update(text).digest("base64url")}`;
}
