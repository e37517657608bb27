type Element = string | number | boolean | null;

/**
 * Spells a one-dimensional PostgreSQL array literal, to be cast in the query (`::int[]`, `::text[]`).
 *
 * postgres.js passes text for an array parameter on as it stands; spelling it here skips its slower serialiser.
 */
export function pgArray(values: readonly Element[]): string {
  let text = "{";
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ",";
    const value = values[i]!;
    if (typeof value === "string") text += quote(value);
    else text += value === null ? "NULL" : String(value);
  }
  return `${text}}`;
}

/** As pgArray, but an array of nothing but nulls is spelled empty: a wider unnest() pads it with nulls. */
export function sparsePgArray(values: readonly Element[]): string {
  return values.every((value) => value === null) ? "{}" : pgArray(values);
}

function quote(text: string): string {
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
}
