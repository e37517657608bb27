import type { Transaction } from "@/db/client";
import { listPackageKeys, type PackageKeyRow } from "@/db/queries/companies/package-keys";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import type { NoPackageKey } from "@/lib/domain/no-package-key";
import { openKey } from "../sites/change-key";
import { openKeyEnd } from "../sites/key-end";

export interface PackageSite {
  id: number;
  name: string;
  /** The key that a package of the site holds. */
  key: PackageKeyView | NoPackageKey;
}

export interface PackageKeyView {
  id: number;
  description: string | null;
  /** The last four characters; null when they cannot be read. */
  end: string | null;
  /** Epoch milliseconds; null for a key that never expires. */
  expiresAt: number | null;
}

/** The company's sites by name, with the key that a package of each holds now. */
export async function readPackageSites(scope: CompanyWriteScope): Promise<PackageSite[]> {
  const rows = await readWithin(scope, (tx) => listPackageKeys(tx, scope));
  return rows.map((row) => {
    const key = usableKey(row);
    const site = { id: row.site_id, name: row.site_name };
    if (typeof key === "string") return { ...site, key };
    const { id, description, expires_ms: expiresAt } = row;
    return { ...site, key: { id: id!, description, end: openKeyEnd(key), expiresAt } };
  });
}

/**
 * The site's newest key that may send events now and do nothing else: every administrator of a computer can read it
 * in config.ini. @throws AppError `conflict` when it was sealed under another AUTH_SECRET.
 */
export async function openPackageKey(
  tx: Transaction,
  scope: CompanyWriteScope,
  siteId: number,
): Promise<{ id: number; digits: string } | NoPackageKey> {
  const [row] = await listPackageKeys(tx, scope, siteId);
  const key = row ? usableKey(row) : "none";
  return typeof key === "string" ? key : { id: row!.id!, digits: openKey({ keyEncrypted: key }) };
}

/** The sealed key. */
function usableKey(row: PackageKeyRow): Buffer | NoPackageKey {
  if (row.key_encrypted === null) return "none";
  return row.is_ingest_only ? row.key_encrypted : "broad";
}
