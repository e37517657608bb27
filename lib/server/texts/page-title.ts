import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { MessageKeys, Messages, NestedKeyOf } from "next-intl";

/** A text that can be a page's title. */
export type TitleKey = MessageKeys<Messages, NestedKeyOf<Messages>>;

/** The `generateMetadata` of a page whose title tells nothing of what it shows, so that it needs no guard. */
export function pageTitle(key: TitleKey, more: Metadata = {}): () => Promise<Metadata> {
  return async () => ({ ...more, title: (await getTranslations())(key) });
}
