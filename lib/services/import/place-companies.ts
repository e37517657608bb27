import type { Transaction } from "@/db/client";
import { insertCompany } from "@/db/queries/global/companies";
import {
  dateCompany,
  findCompanyName,
  findKeysByDigest,
  findNamedCompany,
  listCompaniesCreatedAt,
  type KnownKey,
  type NamedCompany,
} from "@/db/queries/global/import-companies";
import { ImportError } from "@/lib/domain/import/import-error";
import { integerOf, textOf, tidyLine, type SourceRow } from "@/lib/domain/import/stored-value";
import { digestOf } from "@/lib/secret-box";
import { utcTimeOf, type ImportRun, type StructureWork } from "./import-run";
import { keyTextOf } from "./key-text";

export const COMPANY_NAME_LIMIT = 100;
const DESCRIPTION_LIMIT = 200;
/** For a company of which the original did not keep when it was made; fixed, so that a second run knows it again. */
const UNKNOWN_CREATION = new Date("2000-01-01T00:00:00Z");

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
 * The same company is the one that an earlier run made of it, else one that holds one of its keys, or has its name (in any
 * case) and moment of creation, or that moment alone if it was renamed here. An unused one of its name, as a first start makes, is taken. Another company
 * that happens to have the name is left alone, so that its users see no events of a stranger: the source's is made as
 * "Name (imported)".
 */
export async function placeCompanies(
  work: StructureWork,
  keys: readonly SourceRow[],
  known: ReadonlyMap<string, KnownKey>,
): Promise<Map<number, number>> {
  const { run, tally, former } = work;
  const rows = await run.database.all("app_auth_companies");
  tally.read = rows.length;
  const placed = await placeKnown(work, rows);
  for (const row of rows.filter(({ id }) => !placed.has(integerOf(id)!))) {
    const holder = holderOf(row, keys, known);
    if (!holder) continue;
    tally.present += 1;
    placed.set(integerOf(row.id)!, holder.companyId);
    const name = textOf(row.name) ?? "";
    if (name.toLowerCase() !== holder.companyName.toLowerCase())
      tally.note("merged into the company that has its API keys", `${name} → ${holder.companyName}`);
  }
  const names = new Set(rows.map((row) => readCompany(row, run).name.toLowerCase()));
  for (const row of rows) {
    const id = integerOf(row.id)!;
    const taken = new Set(placed.values());
    if (!placed.has(id)) placed.set(id, await placeByName(work, row, { taken, names }));
  }
  for (const row of rows) former.remember("company", companyMarkOf(row), placed.get(integerOf(row.id)!)!);
  return placed;
}

/** Those that an earlier run brought over, as far as they are still here. */
async function placeKnown(
  { run, tx, tally, former }: StructureWork,
  rows: readonly SourceRow[],
): Promise<Map<number, number>> {
  const placed = new Map<number, number>();
  for (const row of rows) {
    const id = former.idOf("company", companyMarkOf(row));
    const name = id === undefined ? null : await findCompanyName(tx, id);
    if (id === undefined || name === null) continue;
    tally.present += 1;
    placed.set(integerOf(row.id)!, id);
    const original = readCompany(row, run).name;
    if (name.toLowerCase() !== original.toLowerCase())
      tally.note("has another name here; unchanged", `${original} → ${name}`);
  }
  return placed;
}

/** The id alone would not do, because SQLite gives that of a deleted company to the next one. */
function companyMarkOf(row: SourceRow): string {
  return `${integerOf(row.id)} ${textOf(row.created_at) ?? textOf(row.name)?.toLowerCase() ?? ""}`;
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

/** What companies of the source have: ids here, which they never share, and names in lower case. */
interface OfSource {
  taken: ReadonlySet<number>;
  names: ReadonlySet<string>;
}

async function placeByName(
  { run, tx, tally }: StructureWork,
  row: SourceRow,
  source: OfSource,
): Promise<number> {
  const company = readCompany(row, run);
  const { name, createdAt } = company;
  if (name !== textOf(row.name)) tally.note("its name was tidied", name);
  const { holders, freeName } = await findHolders(tx, name);
  const open = holders.filter(({ id }) => !source.taken.has(id));
  const same = open.find((holder) => holder.createdAt.getTime() === createdAt.getTime());
  const renamed = same ? null : await findRenamed(tx, createdAt, source);
  const unused = open.find((holder) => holder.isUnused && holder.name.toLowerCase() === name.toLowerCase());
  const found = same ?? renamed ?? unused;
  if (found) {
    tally.present += 1;
    if (found === renamed) tally.note("was renamed here; unchanged", `${name} → ${found.name}`);
    if (found === unused && found !== same) {
      tally.note("merged into an unused company of the same name", found.name);
      // By which the next run knows it, when it is in use.
      await dateCompany(tx, found.id, createdAt);
    }
    return found.id;
  }
  if (freeName === undefined) throw new ImportError(`Too many companies have a name like “${name}”.`);
  if (freeName !== name) tally.note("its name belongs to another company here", `${name} → ${freeName}`);
  tally.written += 1;
  return insertCompany(tx, { ...company, name: freeName });
}

/** The companies that have the names it may get, and the first of these that is free. */
async function findHolders(
  tx: Transaction,
  name: string,
): Promise<{ holders: NamedCompany[]; freeName?: string }> {
  const holders: NamedCompany[] = [];
  for (const candidate of candidateNames(name)) {
    const holder = await findNamedCompany(tx, candidate);
    if (!holder) return { holders, freeName: candidate };
    holders.push(holder);
  }
  return { holders };
}

/** The one company of that moment that no other of the source can be; null where it can't be told. */
async function findRenamed(
  tx: Transaction,
  createdAt: Date,
  { taken, names }: OfSource,
): Promise<{ id: number; name: string } | null> {
  if (createdAt.getTime() === UNKNOWN_CREATION.getTime()) return null;
  const ofMoment = await listCompaniesCreatedAt(tx, createdAt);
  const left = ofMoment.filter(({ id, name }) => !taken.has(id) && !names.has(name.toLowerCase()));
  return left.length === 1 ? left[0]! : null;
}

function readCompany(row: SourceRow, run: ImportRun) {
  return {
    name: tidyLine(textOf(row.name) ?? "", COMPANY_NAME_LIMIT) || `Company ${String(row.id)}`,
    description: tidyLine(textOf(row.description) ?? "", DESCRIPTION_LIMIT) || null,
    createdAt: utcTimeOf(row.created_at, run) ?? UNKNOWN_CREATION,
  };
}

function candidateNames(name: string): string[] {
  const endings = [
    "",
    " (imported)",
    ...Array.from({ length: 98 }, (_, index) => ` (imported ${index + 2})`),
  ];
  return endings.map((ending) => tidyLine(name, COMPANY_NAME_LIMIT - ending.length) + ending);
}
