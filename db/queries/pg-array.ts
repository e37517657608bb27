type Element = string | number | boolean | null;

/**
 * Spells a one-dimensional PostgreSQL array literal, to be cast in the query (`::int[]`, `::text[]`).
 *
 * postgres.js passes text for an array parameter on as it stands; spelling it here skips its slower serialiser.
 */
export function pgArray(values: readonly Element[]): string {
  return `{${values.map(spell).join(",")}}`;
}

/** As pgArray, but an array of nothing but nulls is spelled empty: a wider unnest() pads it with nulls. */
export function sparsePgArray(values: readonly Element[]): string {
  return values.every((value) => value === null) ? "{}" : pgArray(values);
}

function spell(value: Element): string | number | boolean {
  if (typeof value === "string") return quote(value);
  return value ?? "NULL";
}

const NEEDS_ESCAPE = /["\\]/;

function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
}
