import { listKeys } from "@/db/queries/companies/keys";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import { AppError } from "@/lib/errors";
import { digestOf } from "@/lib/secret-box";
import type { z } from "zod";
import { openKeyEnd } from "./key-end";
import type { keySearchInput } from "./site-input";

export interface FoundKey {
  id: number;
  siteName: string;
  description: string | null;
}

/**
 * The company's keys that a pasted key is, or that end in the pasted characters. The text is neither kept nor logged.
 *
 * @throws AppError `not_found` when there is none.
 */
export async function findPastedKey(
  { scope }: { scope: CompanyWriteScope },
  { key }: z.output<typeof keySearchInput>,
): Promise<FoundKey[]> {
  const rows = await readWithin(scope, (tx) => listKeys(tx, scope));
  const digest = digestOf(key);
  const isWhole = key.length === 64;
  const found = rows.filter((row) =>
    isWhole ? digest.equals(row.key_digest) : openKeyEnd(row.key_encrypted)?.endsWith(key.slice(-4)),
  );
  if (found.length === 0) throw new AppError("not_found", { key: "errors.noKeyMatches" });
  return found.map((row) => ({ id: row.id, siteName: row.site_name, description: row.description }));
}
