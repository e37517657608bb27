import { isAppError } from "@/lib/errors";

/** Reads the page of a screen's cursor (empty: the first); a cursor that is none of the list's begins anew. */
export async function orFirstPage<Page>(
  after: string,
  readPage: (after: string | null) => Promise<Page>,
): Promise<Page> {
  if (after === "") return readPage(null);
  try {
    return await readPage(after);
  } catch (error) {
    if (isAppError(error) && error.code === "invalid") return readPage(null);
    throw error;
  }
}
