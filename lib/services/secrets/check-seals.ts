import { SEALED_COLUMNS, type SealedColumn } from "@/db/queries/global/sealed-columns";
import { countSealed, listSealedOtherwise, type SealedRow } from "@/db/queries/global/sealed-values";
import { openSeal, presentSealHeader } from "@/lib/secret-box";

const BATCH_SIZE = 200;

/** How many values of one sealed column open with which secret. */
export interface SealCount {
  noun: SealedColumn["noun"];
  total: number;
  /** Opened by AUTH_SECRET_PREVIOUS alone. */
  previous: number;
  /** Opened by no secret in force. */
  unreadable: number;
}

/** The values of a column that don't name the present key, in batches. */
export async function* outdatedValues(column: SealedColumn): AsyncGenerator<SealedRow[]> {
  const header = presentSealHeader();
  let after: number[] | null = null;
  for (;;) {
    const rows: SealedRow[] = await listSealedOtherwise(column, header, after, BATCH_SIZE);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.key;
  }
}

/** Tries to open every sealed value that doesn't name the present key. */
export async function checkSeals(): Promise<SealCount[]> {
  return Promise.all(SEALED_COLUMNS.map(checkColumn));
}

async function checkColumn(column: SealedColumn): Promise<SealCount> {
  const count = { noun: column.noun, total: await countSealed(column), previous: 0, unreadable: 0 };
  for await (const rows of outdatedValues(column)) {
    for (const { sealed } of rows) {
      const opened = openSeal(sealed, column.purpose);
      if (!opened) count.unreadable += 1;
      else if (!opened.isPresent) count.previous += 1;
    }
  }
  return count;
}

const say = (count: number, [one, several]: SealedColumn["noun"]) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : several}`;

/** "3 API keys, 1 authenticator secret": each kind that has any; empty when none has. */
export function spellCounts(counts: readonly SealCount[], which: "previous" | "unreadable"): string {
  return counts
    .filter((count) => count[which] > 0)
    .map((count) => say(count[which], count.noun))
    .join(", ");
}

/** What the operator must know about sealed values, in full sentences; null when all of them open. */
export function sealWarning(counts: readonly SealCount[]): string | null {
  const unreadable = spellCounts(counts, "unreadable");
  const previous = spellCounts(counts, "previous");
  const told: string[] = [];
  if (unreadable) {
    told.push(
      `Stored secrets can't be decrypted with this AUTH_SECRET: ${unreadable}.`,
      "Agents keep working, but these API keys can't be shown, codes of these authenticator apps can't be checked, and these channels can't send.",
      "Restore the previous AUTH_SECRET, or set it as AUTH_SECRET_PREVIOUS and run `npm run admin -- rotate-secret` (docs/operations.md).",
    );
  }
  if (previous) {
    told.push(
      `Still encrypted with AUTH_SECRET_PREVIOUS: ${previous}.`,
      "Run `npm run admin -- rotate-secret` before you remove it.",
    );
  }
  return told.length > 0 ? told.join(" ") : null;
}
