import { insertCompany } from "@/db/queries/global/companies";
import {
  findKeysByDigest,
  findNamedCompany,
  type KnownKey,
  type NamedCompany,
} from "@/db/queries/global/import-companies";
import { ImportError } from "@/lib/domain/import/import-error";
import { integerOf, textOf, tidyLine, type SourceRow } from "@/lib/domain/import/stored-value";
import { digestOf } from "@/lib/secret-box";
import { utcTimeOf, type StructureWork } from "./import-run";

const NAME_LIMIT = 100;
const DESCRIPTION_LIMIT = 200;
/** For a company of which the original did not keep when it was made; fixed, so that a second run knows it again. */
const UNKNOWN_CREATION = new Date("2000-01-01T00:00:00Z");

/** The key as agents' requests are looked up by; null for what could never be one. */
export function keyTextOf(row: SourceRow): string | null {
  const key = textOf(row.key)?.trim().toLowerCase() ?? "";
  return /^[0-9a-f]{64}$/.test(key) ? key : null;
}

/** The source's keys that exist here already, by digest. */
export async function findKnownKeys(
  { tx }: StructureWork,
  keys: readonly SourceRow[],
): Promise<ReadonlyMap<string, KnownKey>> {
  const digests = keys
    .map(keyTextOf)
    .filter((key) => key !== null)
    .map(digestOf);
  return new Map((await findKeysByDigest(tx, digests)).map((key) => [key.digest, key]));
}

/**
 * Finds or makes each company of the source; gives the new id of each old one.
 *
 * The same company is one that holds one of its keys, or has its name (in any case) and moment of creation. An
 * unused one of its name, as a first start makes, is taken. Another company that happens to have the name is left
 * alone, for nobody may come to see events of a stranger by it: the source's is made as "Name (imported)".
 */
export async function placeCompanies(
  work: StructureWork,
  keys: readonly SourceRow[],
  known: ReadonlyMap<string, KnownKey>,
): Promise<Map<number, number>> {
  const { run, tally } = work;
  const rows = await run.database.all("app_auth_companies");
  tally.read = rows.length;
  const placed = new Map<number, number>();
  for (const row of rows) {
    const holder = holderOf(row, keys, known);
    if (!holder) continue;
    tally.present += 1;
    placed.set(integerOf(row.id)!, holder.companyId);
    const name = textOf(row.name) ?? "";
    if (name.toLowerCase() !== holder.companyName.toLowerCase())
      tally.note("merged into the company that has its API keys", `${name} → ${holder.companyName}`);
  }
  for (const row of rows) {
    const id = integerOf(row.id)!;
    if (!placed.has(id)) placed.set(id, await placeByName(work, row, new Set(placed.values())));
  }
  return placed;
}

/** One of the company's keys that is here already. */
function holderOf(company: SourceRow, keys: readonly SourceRow[], known: ReadonlyMap<string, KnownKey>) {
  const id = integerOf(company.id);
  for (const key of keys) {
    const text = integerOf(key.company_id) === id ? keyTextOf(key) : null;
    const there = text === null ? undefined : known.get(digestOf(text).toString("hex"));
    if (there) return there;
  }
  return undefined;
}

async function placeByName(
  { tx, tally }: StructureWork,
  row: SourceRow,
  taken: ReadonlySet<number>,
): Promise<number> {
  const company = readCompany(row);
  const { name, createdAt } = company;
  if (name !== textOf(row.name)) tally.note("its name was tidied", name);
  for (const candidate of candidateNames(name)) {
    const found = await findNamedCompany(tx, candidate);
    if (found && isFor(found, company, taken)) {
      tally.present += 1;
      if (found.createdAt.getTime() !== createdAt.getTime())
        tally.note("merged into an unused company of the same name", found.name);
      return found.id;
    }
    if (found) continue;
    if (candidate !== name) tally.note("its name belongs to another company here", `${name} → ${candidate}`);
    tally.written += 1;
    return insertCompany(tx, { ...company, name: candidate });
  }
  throw new ImportError(`Too many companies have a name like “${name}”.`);
}

function readCompany(row: SourceRow) {
  return {
    name: tidyLine(textOf(row.name) ?? "", NAME_LIMIT) || `Company ${String(row.id)}`,
    description: tidyLine(textOf(row.description) ?? "", DESCRIPTION_LIMIT) || null,
    createdAt: utcTimeOf(row.created_at) ?? UNKNOWN_CREATION,
  };
}

/** Companies of the source never share one here, whatever their names have in common. */
function isFor(
  found: NamedCompany,
  { name, createdAt }: { name: string; createdAt: Date },
  taken: ReadonlySet<number>,
): boolean {
  if (taken.has(found.id)) return false;
  const isItsName = found.name.toLowerCase() === name.toLowerCase();
  return found.createdAt.getTime() === createdAt.getTime() || (found.isUnused && isItsName);
}

function candidateNames(name: string): string[] {
  const endings = [
    "",
    " (imported)",
    ...Array.from({ length: 98 }, (_, index) => ` (imported ${index + 2})`),
  ];
  return endings.map((ending) => tidyLine(name, NAME_LIMIT - ending.length) + ending);
}

/**
 * The company for keys and logs that belong to none: one of the source of that name, else one here, else a new one.
 *
 * @throws ImportError when an earlier run put such a key into another company: its logs would be stored twice.
 */
export async function placeKeyless(
  work: StructureWork,
  placed: ReadonlyMap<number, number>,
  keylessKeys: readonly SourceRow[],
  known: ReadonlyMap<string, KnownKey>,
): Promise<number> {
  const { run, tx, tally } = work;
  const name = tidyLine(run.keylessCompanyName!, NAME_LIMIT);
  const own = (await run.database.all("app_auth_companies")).find(
    (row) => textOf(row.name)?.trim().toLowerCase() === name.toLowerCase(),
  );
  let companyId = own && placed.get(integerOf(own.id)!);
  companyId ??= (await findNamedCompany(tx, name))?.id;
  for (const key of keylessKeys) {
    const earlier = known.get(digestOf(keyTextOf(key) ?? "").toString("hex"));
    if (!earlier || earlier.companyId === companyId) continue;
    throw new ImportError(
      `The API key “${textOf(key.description) ?? ""}”, which belongs to no company in the original, is in the company ` +
        `“${earlier.companyName}” here. Use --company "${earlier.companyName}".`,
    );
  }
  if (companyId !== undefined) return companyId;
  tally.note("created for keys and logs without a company", name);
  return insertCompany(tx, {
    name,
    description: "Events of the original that belonged to no company",
  });
}
