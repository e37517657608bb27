import { insertCompany } from "@/db/queries/global/companies";
import { findCompanyName, findNamedCompany, type KnownKey } from "@/db/queries/global/import-companies";
import { ImportError } from "@/lib/domain/import/import-error";
import { integerOf, textOf, tidyLine, type SourceRow } from "@/lib/domain/import/stored-value";
import { digestOf } from "@/lib/secret-box";
import type { StructureWork } from "./import-run";
import { keyTextOf } from "./key-text";
import { COMPANY_NAME_LIMIT } from "./place-companies";

/**
 * The company for keys and logs that belong to none: one of the source of that name, else one here, else the one that an
 * earlier run used under that name, else a new one.
 *
 * @throws ImportError when an earlier run put such a key, or the logs, into another company: the logs would be stored twice.
 */
export async function placeKeyless(
  work: StructureWork,
  placed: ReadonlyMap<number, number>,
  keylessKeys: readonly SourceRow[],
  known: ReadonlyMap<string, KnownKey>,
): Promise<number> {
  const { run, tx, tally, former } = work;
  const name = tidyLine(run.keylessCompanyName!, COMPANY_NAME_LIMIT);
  const own = (await run.database.all("app_auth_companies")).find(
    (row) => textOf(row.name)?.trim().toLowerCase() === name.toLowerCase(),
  );
  const namedId = (own && placed.get(integerOf(own.id)!)) ?? (await findNamedCompany(tx, name))?.id;
  const earlier = await findEarlier(work);
  const renamed =
    namedId === undefined ? earlier.get(former.idOf("--company", name.toLowerCase()) ?? 0) : undefined;
  if (renamed) tally.note("has another name here; unchanged", `${name} → ${renamed.name}`);
  const companyId = namedId ?? renamed?.id;
  assertSameKeys(keylessKeys, known, companyId);
  const other = [...earlier.values()][0];
  if (other && !earlier.has(companyId ?? 0)) {
    throw new ImportError(
      `The logs that belong to no company in the original are in the company “${other.name}” here. Use --company ` +
        `"${other.name}"; in another one they would be stored a second time.`,
    );
  }
  const keylessId = companyId ?? (await makeKeyless(work, name));
  former.remember("--company", name.toLowerCase(), keylessId);
  return keylessId;
}

/** The companies that earlier runs used, as far as they are still here, by id. */
async function findEarlier({
  tx,
  former,
}: StructureWork): Promise<Map<number, { id: number; name: string }>> {
  const found = new Map<number, { id: number; name: string }>();
  for (const id of former.idsOf("--company")) {
    const name = await findCompanyName(tx, id);
    if (name !== null) found.set(id, { id, name });
  }
  return found;
}

function assertSameKeys(
  keylessKeys: readonly SourceRow[],
  known: ReadonlyMap<string, KnownKey>,
  companyId: number | undefined,
): void {
  for (const key of keylessKeys) {
    const earlier = known.get(digestOf(keyTextOf(key) ?? "").toString("hex"));
    if (!earlier || earlier.companyId === companyId) continue;
    throw new ImportError(
      `The API key “${textOf(key.description) ?? ""}”, which belongs to no company in the original, is in the company ` +
        `“${earlier.companyName}” here. Use --company "${earlier.companyName}".`,
    );
  }
}

async function makeKeyless({ tx, tally }: StructureWork, name: string): Promise<number> {
  tally.note("created for keys and logs without a company", name);
  return insertCompany(tx, { name, description: "Events of the original that belonged to no company" });
}
