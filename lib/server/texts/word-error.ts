import { textsOf, type Wording } from "@/lib/domain/text";
import type { AppError } from "@/lib/errors";
import { getWords } from "./words";

/** An error's message and field errors in the reader's language, for a form or a page. */
export async function wordError({
  wording,
}: Pick<AppError, "wording">): Promise<{ message: string; fieldErrors: Record<string, string> }> {
  const word = await getWords();
  const wordAll = (given: Wording) =>
    textsOf(given)
      .map((text) => word(text))
      .join(" ");
  // Of several errors of a field the first is shown.
  const fieldErrors = Object.fromEntries(
    wording.fields.toReversed().map(({ field, message }) => [field, wordAll(message)]),
  );
  return { message: wordAll(wording.message), fieldErrors };
}
