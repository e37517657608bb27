import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { TitleKey } from "./page-title";

/** What Next.js throws for `forbidden()`; it exports no test of its own for it. */
const FORBIDDEN = "NEXT_HTTP_ERROR_FALLBACK;403";

/**
 * The title of a page that only some may open, in words. The tab of who may not says so, as the page does: Next.js would
 * call it "Page not found" if `read` refuses, and the page's name if it doesn't.
 *
 * @throws what `read` throws, but for a refusal.
 */
export async function guardedTitle(read: () => Promise<string>): Promise<Metadata> {
  try {
    return { title: await read() };
  } catch (error) {
    if (!(error instanceof Error && "digest" in error && error.digest === FORBIDDEN)) throw error;
    return { title: (await getTranslations("pages"))("forbidden") };
  }
}

/** The `generateMetadata` of a page outside companies that `guard` opens. */
export function portalTitle(key: TitleKey, guard: () => Promise<unknown>): () => Promise<Metadata> {
  return () =>
    guardedTitle(async () => {
      await guard();
      return (await getTranslations())(key);
    });
}
