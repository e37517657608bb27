import { textOf, type SourceRow } from "@/lib/domain/import/stored-value";

/** The key as agents' requests are looked up by; null for what could never be one. */
export function keyTextOf(row: SourceRow): string | null {
  const key = textOf(row.key)?.trim().toLowerCase() ?? "";
  return /^[0-9a-f]{64}$/.test(key) ? key : null;
}
