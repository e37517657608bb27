import { getLocale, getTranslations } from "next-intl/server";
import { wordText, type Reader, type Text } from "@/lib/domain/text";
import { ENGLISH_READER } from "@/lib/english";
import { currentPaper } from "@/lib/request-context";

/** Wording for this request's language. Times are in UTC unless `writeTime` writes them. */
export async function getReader(writeTime = ENGLISH_READER.writeTime): Promise<Reader> {
  const [translate, locale] = await Promise.all([getTranslations(), getLocale()]);
  return { locale, translate: translate as Reader["translate"], writeTime, paper: currentPaper() };
}

/** Words texts of rules and services in the language of the request, where no hook can: actions, titles, async pages. */
export async function getWords(): Promise<
  (text: string | Text, writeTime?: (at: number) => string) => string
> {
  const reader = await getReader();
  return (text, writeTime = reader.writeTime) => wordText(text, { ...reader, writeTime });
}
