import { sql, type SQL } from "drizzle-orm";

/** The instant of a column, or of an expression with its name, as a number of epoch milliseconds. */
export const epoch = (column: string): SQL => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

/** A further condition: the column has the value; none without a value. */
export const equal = (column: string, value: string | number | undefined): SQL =>
  value === undefined ? sql`` : sql`and ${sql.raw(column)} = ${value}`;
