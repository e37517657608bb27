import { getLocale, getTranslations } from "next-intl/server";
import { wordText, type Reader, type Text } from "@/lib/domain/text";
import { ENGLISH_READER } from "@/lib/english";

/** Words texts of rules and services in the language of the request, where no hook can: actions, titles, async pages. */
export async function getWords(): Promise<
  (text: string | Text, writeTime?: (at: number) => string) => string
> {
  const [translate, locale] = await Promise.all([getTranslations(), getLocale()]);
  return (text, writeTime = ENGLISH_READER.writeTime) =>
    wordText(text, { locale, translate: translate as Reader["translate"], writeTime });
}
