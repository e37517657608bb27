import { insertSite } from "@/db/queries/companies/insert-site";
import { findSiteId, insertImportedKey, type KnownKey } from "@/db/queries/global/import-companies";
import { operatorScope } from "@/db/scope";
import { booleanOf, integerOf, textOf, tidyLine, type SourceRow } from "@/lib/domain/import/stored-value";
import { digestOf, seal } from "@/lib/secret-box";
import { utcTimeOf, type Place, type StructureWork } from "./import-run";
import { keyTextOf } from "./key-text";

const NAME_LIMIT = 100;
/** The site of logs whose key was deleted in the original, or went to another company. */
const DELETED_KEY_SITE = "Deleted keys (imported)";

/**
 * Finds or makes each API key with its site, which its description names; gives the place of each old key's events.
 *
 * A key is itself by its digits: one that is here already stays as it is, wherever it is.
 */
export async function placeKeys(
  work: StructureWork,
  keys: readonly SourceRow[],
  companyOf: (row: SourceRow) => number | null,
  known: ReadonlyMap<string, KnownKey>,
): Promise<Map<number, Place>> {
  const places = new Map<number, Place>();
  const seen = new Map(known);
  work.tally.read = keys.length;
  for (const row of keys) {
    const place = await placeKey(work, row, companyOf(row), seen);
    if (place) places.set(integerOf(row.id)!, place);
  }
  return places;
}

async function placeKey(
  { tx, tally }: StructureWork,
  row: SourceRow,
  companyId: number | null,
  seen: Map<string, KnownKey>,
): Promise<Place | null> {
  const key = keyTextOf(row);
  const siteName = tidyLine(textOf(row.description) ?? "", NAME_LIMIT) || `Site ${String(row.id)}`;
  const keyDigest = digestOf(key ?? "");
  const there = key ? seen.get(keyDigest.toString("hex")) : undefined;
  if (there) {
    tally.present += 1;
    if (there.isDeleted) tally.note("was deleted here; stays deleted", siteName);
    else if (there.isActive && !readIsActive(row))
      tally.note("is disabled in the original, active here; unchanged", siteName);
    else if (!there.isActive && readIsActive(row))
      tally.note("is active in the original, disabled here; unchanged", siteName);
    return { companyId: there.companyId, siteId: there.siteId };
  }
  if (companyId === null) {
    tally.skip("belongs to no company; specify one with --company", siteName);
    return null;
  }
  const siteId = await ensureSite({ tx }, companyId, siteName);
  if (!key) {
    tally.skip("is not 64 hexadecimal digits, so no agent can use it", siteName);
    return { companyId, siteId };
  }
  const isActive = readIsActive(row);
  if (!isActive) tally.note("is disabled, as in the original", siteName);
  await insertImportedKey(tx, {
    companyId,
    siteId,
    keyDigest,
    keyEncrypted: seal(key, "api-key"),
    description: siteName,
    isActive,
    createdAt: utcTimeOf(row.created_at),
    lastUsed: utcTimeOf(row.last_used) ?? null,
  });
  tally.written += 1;
  seen.set(keyDigest.toString("hex"), {
    digest: keyDigest.toString("hex"),
    companyId,
    companyName: "",
    siteId,
    isDeleted: false,
    isActive,
  });
  return { companyId, siteId };
}

/** One that isn't said to be active may be refused in the original, so it is here; older originals know no disabled keys. */
function readIsActive(row: SourceRow): boolean {
  return row.is_active === undefined || (booleanOf(row.is_active) ?? false);
}

async function ensureSite(
  { tx }: Pick<StructureWork, "tx">,
  companyId: number,
  name: string,
): Promise<number> {
  return (await findSiteId(tx, companyId, name)) ?? insertSite(tx, operatorScope(companyId), name);
}

/** A site in each of these companies for logs that have no key there. */
export async function placeLogsWithoutKey(
  work: Pick<StructureWork, "tx">,
  companyIds: ReadonlySet<number>,
): Promise<Map<number, Place>> {
  const places = new Map<number, Place>();
  for (const companyId of companyIds)
    places.set(companyId, { companyId, siteId: await ensureSite(work, companyId, DELETED_KEY_SITE) });
  return places;
}
