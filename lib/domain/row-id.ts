/** The largest id of a row: ids are integers of PostgreSQL. */
export const LARGEST_ID = 2_147_483_647;

/** Ids as the program writes them. One of so many digits can still be larger than {@link LARGEST_ID}. */
export const ROW_ID_SHAPE = /^[1-9]\d{0,9}$/;

/** The id that a text names; null for any other text. */
export function readRowId(text: string): number | null {
  return ROW_ID_SHAPE.test(text) && Number(text) <= LARGEST_ID ? Number(text) : null;
}
