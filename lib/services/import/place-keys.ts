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
  sites: SiteWork,
  keys: readonly SourceRow[],
  companyOf: (row: SourceRow) => number | null,
  known: ReadonlyMap<string, KnownKey>,
): Promise<Map<number, Place>> {
  const places = new Map<number, Place>();
  const seen = new Map(known);
  work.tally.read = keys.length;
  for (const row of keys) {
    const place = await placeKey(work, sites, { row, companyId: companyOf(row), seen });
    if (!place) continue;
    places.set(integerOf(row.id)!, place);
    sites.count(place);
  }
  return places;
}

interface KeyToPlace {
  row: SourceRow;
  companyId: number | null;
  /** Those that are here, by digest. */
  seen: Map<string, KnownKey>;
}

async function placeKey(
  work: StructureWork,
  sites: SiteWork,
  { row, companyId, seen }: KeyToPlace,
): Promise<Place | null> {
  const { tally } = work;
  const key = keyTextOf(row);
  const siteName = tidyLine(textOf(row.description) ?? "", NAME_LIMIT) || `Site ${String(row.id)}`;
  const digest = digestOf(key ?? "").toString("hex");
  const there = key ? seen.get(digest) : undefined;
  if (there) {
    tally.present += 1;
    noteStanding(work, row, there, siteName);
    return { companyId: there.companyId, siteId: there.siteId };
  }
  if (companyId === null) {
    tally.skip("belongs to no company; specify one with --company", siteName);
    return null;
  }
  if (!key) {
    tally.skip("is not 64 hexadecimal digits, so no agent can use it", siteName);
    const original = `key ${integerOf(row.id)} ${digestOf(textOf(row.key) ?? "").toString("hex")}`;
    return { companyId, siteId: await sites.ensureRemembered(companyId, siteName, original) };
  }
  const siteId = await sites.ensure(companyId, siteName);
  await insertKey(work, row, key, { companyId, siteId, siteName });
  const isActive = readIsActive(row);
  seen.set(digest, { digest, companyId, companyName: "", siteId, isDeleted: false, isActive });
  return { companyId, siteId };
}

function noteStanding({ tally }: StructureWork, row: SourceRow, there: KnownKey, siteName: string): void {
  if (there.isDeleted) tally.note("was deleted here; stays deleted", siteName);
  else if (there.isActive && !readIsActive(row))
    tally.note("is disabled in the original, active here; unchanged", siteName);
  else if (!there.isActive && readIsActive(row))
    tally.note("is active in the original, disabled here; unchanged", siteName);
}

async function insertKey(
  { run, tx, tally }: StructureWork,
  row: SourceRow,
  key: string,
  { companyId, siteId, siteName }: Place & { siteName: string },
): Promise<void> {
  const isActive = readIsActive(row);
  if (!isActive) tally.note("is disabled, as in the original", siteName);
  await insertImportedKey(tx, {
    companyId,
    siteId,
    keyDigest: digestOf(key),
    keyEncrypted: seal(key, "api-key"),
    description: siteName,
    isActive,
    createdAt: utcTimeOf(row.created_at, run),
    lastUsed: utcTimeOf(row.last_used, run) ?? null,
  });
  tally.written += 1;
}

/** One that isn't said to be active may be refused in the original, so it is here; older originals know no disabled keys. */
function readIsActive(row: SourceRow): boolean {
  return row.is_active === undefined || (booleanOf(row.is_active) ?? false);
}

/** The sites that keys and logs go to: finds or makes them, and counts each once. */
export class SiteWork {
  readonly #work: StructureWork;
  readonly #made = new Set<number>();
  readonly #counted = new Set<number>();

  constructor(work: StructureWork) {
    this.#work = work;
  }

  /** The company's site of this name. */
  async ensure(companyId: number, name: string): Promise<number> {
    const { tx } = this.#work;
    const found = await findSiteId(tx, companyId, name);
    if (found !== null) return found;
    const made = await insertSite(tx, operatorScope(companyId), name);
    this.#made.add(made);
    return made;
  }

  /** The same, but the one that an earlier run used, whatever became of it here, for what no key leads to it. */
  async ensureRemembered(companyId: number, name: string, original: string): Promise<number> {
    const { former } = this.#work;
    const inCompany = `${companyId} ${original}`;
    const siteId = former.idOf("site", inCompany) ?? (await this.ensure(companyId, name));
    former.remember("site", inCompany, siteId);
    return siteId;
  }

  count({ siteId }: Place): void {
    const { tally } = this.#work;
    if (this.#counted.has(siteId)) return;
    this.#counted.add(siteId);
    tally.read += 1;
    if (this.#made.has(siteId)) tally.written += 1;
    else tally.present += 1;
  }
}

/** A site in each of these companies for logs that have no key there. */
export async function placeLogsWithoutKey(
  sites: SiteWork,
  companyIds: ReadonlySet<number>,
): Promise<Map<number, Place>> {
  const places = new Map<number, Place>();
  for (const companyId of companyIds) {
    const siteId = await sites.ensureRemembered(companyId, DELETED_KEY_SITE, "deleted keys");
    const place = { companyId, siteId };
    places.set(companyId, place);
    sites.count(place);
  }
  return places;
}
